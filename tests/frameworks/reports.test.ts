import { describe, expect, it } from "vitest";
import { allHosts } from "./hosts/all-hosts.ts";
import { plainSetup, told } from "./hosts/host.ts";
import { ask, corsLines } from "./support/ask.ts";
import { app, policies } from "./table/policies.ts";

describe.each(allHosts.map((host) => [host.name, host] as const))("what %s tells of", (_, host) => {
  it("S82: two policies in a row, once a request", async () => {
    const server = await host.start(policies.page, { ...plainSetup, times: 2 });
    const { stacked, conflicts } = told;
    const got = await ask(server.port, { path: "/ok", headers: [["Origin", app]] });
    await ask(server.port, { path: "/thrown" });
    await server.close();
    expect(told.stacked - stacked).toBe(2);
    // The outer policy's headers are no application's.
    expect(told.conflicts - conflicts).toBe(0);
    expect(corsLines(got)).toHaveLength(3);
  });

  it("no stack where there is one policy, whatever is asked", async () => {
    const server = await host.start(policies.page, plainSetup);
    const before = told.stacked;
    for (const path of ["/ok", "/thrown", "/missing", "/teapot"]) await ask(server.port, { path });
    await server.close();
    expect(told.stacked - before).toBe(0);
  });

  it("S38: CORS headers that the application sets itself, each", async () => {
    const server = await host.start(policies.page, plainSetup);
    const before = told.conflicts;
    await ask(server.port, { path: "/own-cors", headers: [["Origin", app]] });
    await server.close();
    expect(told.conflicts - before).toBe(3);
  });
});
