import { describe, expect, it } from "vitest";
import { allHosts } from "./hosts/all-hosts.ts";
import { plainSetup } from "./hosts/host.ts";
import { askHttp2 } from "./support/ask-http2.ts";
import { toldIn } from "./support/ask-row.ts";
import { policies } from "./table/policies.ts";
import { protection } from "./table/protection.ts";

const hosts = allHosts.filter(({ http2 }) => http2);
// An upgrade is a matter of HTTP/1: over HTTP/2 there is no such header.
const refusals = protection.filter(
  ({ told, policy, ask }) => told && policy === "guarded" && !ask.headers?.some(([name]) => name === "Upgrade"),
);

describe.each(hosts.map((host) => [host.name, host] as const))("over HTTP/2, %s", (_, host) => {
  it("S102: tells whom the protection refuses the same as over HTTP/1", async () => {
    const server = await host.start(policies.guarded, { ...plainSetup, http2: true });
    try {
      for (const { ask, status, told } of refusals) {
        const got = await askHttp2(server.port, ask);
        expect([got.status, toldIn(got)]).toEqual([status, told]);
      }
    } finally {
      await server.close();
    }
    expect(refusals.length).toBeGreaterThanOrEqual(5);
  });
});
