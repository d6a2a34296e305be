import { renameSync, unlinkSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { CorsmithProcess } from "../cli/support/corsmith-process.ts";
import { TestUpstream } from "../cli/support/upstream.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";

const [a, b, c] = ["https://a.example", "https://b.example", "https://c.example"] as const;

async function allowedOrigin(api: string, origin: string): Promise<string | null> {
  return (await fetch(api, { headers: { origin } })).headers.get("access-control-allow-origin");
}

describe.each([1, 2])("edits while running, with %i worker(s)", (workers) => {
  test("a valid one is put in force, a broken one never; what needs a restart is named", async () => {
    await using upstream = await TestUpstream.start();
    const config = (policy: string, more = ""): string =>
      `upstream: ${upstream.url}\nlisten: 0\nadmin: 0\npolicy: { ${policy} }\n${more}`;
    using folder = new ConfigFolder({ "corsmith.config.yaml": config(`allowOrigins: [${a}]`) });
    const file = folder.file("corsmith.config.yaml");
    await using corsmith = new CorsmithProcess(["serve", "--workers", String(workers)], { cwd: folder.path });
    const { api, admin } = await corsmith.addresses();
    const inForce = async (): Promise<unknown> => await (await fetch(`${admin}/api/policy`)).json();

    writeFileSync(file, config(`allowOrigins: [${b}]`));
    expect(await corsmith.event("policy-in-force", (line) => line["load"] === 2)).toMatchObject({
      replaced: 1,
      trigger: "edit",
      added: [b],
      removed: [a],
    });
    expect([await allowedOrigin(api, a), await allowedOrigin(api, b)]).toEqual([null, b]);

    writeFileSync(file, config(`allowOrigins: [${c}/, "*"], maxAge: -1`));
    const refused = await corsmith.event("policy-refused", (line) => line["load"] === 3);
    expect(refused).toMatchObject({
      level: "error",
      inForce: 2,
      findings: expect.arrayContaining([
        expect.objectContaining({ path: "policy.maxAge", file: "corsmith.config.yaml", line: 4 }),
      ]),
    });
    expect((refused["findings"] as unknown[]).length).toBeGreaterThanOrEqual(3);
    expect([await allowedOrigin(api, c), await allowedOrigin(api, b)]).toEqual([null, b]);
    expect(await inForce()).toMatchObject({ load: 2, policy: { allowOrigins: [b] } });

    renameSync(
      folder.write("new.yaml", config(`allowOrigins: [${c}]`, "workers: 7\n").replace("listen: 0", "listen: 1")),
      file,
    );
    expect(await corsmith.event("policy-in-force", (line) => line["load"] === 4)).toMatchObject({ replaced: 2 });
    expect(await allowedOrigin(api, c)).toBe(c);
    const pending = await corsmith.event("restart-needed");
    expect(pending["msg"]).toContain('listen ("127.0.0.1:0" → "127.0.0.1:1")');

    unlinkSync(file);
    const removed = await corsmith.event("policy-refused", (line) => line["load"] === 5);
    expect(removed).toMatchObject({ inForce: 4, findings: [{ code: "config-not-found" }] });
    expect(await allowedOrigin(api, c)).toBe(c);

    writeFileSync(file, config(`allowOrigins: [${a}]`));
    await corsmith.event("policy-in-force", (line) => line["load"] === 6);
    expect(await inForce()).toMatchObject({ load: 6, policy: { allowOrigins: [a] } });
  });

  test("SIGHUP loads without an edit", async () => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder({
      "corsmith.config.yaml": `upstream: ${upstream.url}\nlisten: 0\nadmin: 0\npolicy: { allowOrigins: [${a}] }\n`,
    });
    await using corsmith = new CorsmithProcess(["serve", "--workers", String(workers)], { cwd: folder.path });
    const { api } = await corsmith.addresses();
    corsmith.kill("SIGHUP");
    expect(await corsmith.event("policy-in-force")).toMatchObject({
      load: 2,
      trigger: "SIGHUP",
      added: [],
      removed: [],
    });
    expect(await allowedOrigin(api, a)).toBe(a);
  });

  test("a module is taken up with what it imports, its originLookup too", async () => {
    await using upstream = await TestUpstream.start();
    const lookup = (origin: string): string =>
      `export const lookup = { find: (origin: string) => origin === "${origin}", cacheSeconds: 0 };\n`;
    using folder = new ConfigFolder({
      "lookup.ts": lookup(a),
      "corsmith.config.ts": `import { lookup } from "./lookup.ts";
export default { upstream: "${upstream.url}", listen: 0, admin: 0, policy: { originLookup: lookup } };\n`,
    });
    await using corsmith = new CorsmithProcess(["serve", "--workers", String(workers)], { cwd: folder.path });
    const { api, admin } = await corsmith.addresses();
    expect([await allowedOrigin(api, a), await allowedOrigin(api, b)]).toEqual([a, null]);
    expect(await (await fetch(`${admin}/api/policy`)).json()).toMatchObject({
      policy: { originLookup: { find: "[function]" } },
    });
    writeFileSync(folder.file("lookup.ts"), lookup(b));
    await corsmith.event("policy-in-force", (line) => line["load"] === 2);
    expect([await allowedOrigin(api, a), await allowedOrigin(api, b)]).toEqual([null, b]);
  });
});

test("a file further up never takes the place of the one that was removed", async () => {
  await using upstream = await TestUpstream.start();
  const config = (origin: string): string =>
    `upstream: ${upstream.url}\nlisten: 0\nadmin: 0\npolicy: { allowOrigins: [${origin}] }\n`;
  using folder = new ConfigFolder({ "corsmith.config.yaml": config(b), "app/corsmith.config.yaml": config(a) });
  await using corsmith = new CorsmithProcess(["serve"], { cwd: folder.file("app") });
  const { api } = await corsmith.addresses();
  unlinkSync(folder.file("app/corsmith.config.yaml"));
  await corsmith.event("policy-refused");
  expect([await allowedOrigin(api, a), await allowedOrigin(api, b)]).toEqual([a, null]);
});

test("a file that is edited while the program starts is not missed", async () => {
  await using upstream = await TestUpstream.start();
  const config = (origin: string): string =>
    `upstream: ${upstream.url}\nlisten: 0\nadmin: 0\npolicy: { allowOrigins: [${origin}] }\n`;
  using folder = new ConfigFolder({ "corsmith.config.yaml": config(a) });
  await using corsmith = new CorsmithProcess(["serve"], { cwd: folder.path });
  const serving = corsmith.event("serving");
  // Replaced as a whole, as editors do: a program that starts may well refuse a file that is half written.
  const replace = (text: string): void => {
    writeFileSync(folder.file("next.yaml"), text);
    renameSync(folder.file("next.yaml"), folder.file("corsmith.config.yaml"));
  };
  for (let n = 0; (await Promise.race([serving, delay(20)])) === undefined; n += 1) {
    replace(config(`https://n${n}.example`));
  }
  replace(config(b));
  const { api } = await corsmith.addresses();
  const deadline = performance.now() + 5_000;
  while ((await allowedOrigin(api, b)) !== b && performance.now() < deadline) await delay(20);
  expect(await allowedOrigin(api, b)).toBe(b);
});
