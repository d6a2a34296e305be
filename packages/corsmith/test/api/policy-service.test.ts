import { lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { PolicyService } from "../../src/api/policy/policy-service.ts";
import { memoryVersionStore } from "../../src/api/policy/version-store.ts";
import { type LoadRequest, loadConfiguration } from "../../src/config/load-configuration.ts";
import { createPolicyReloader } from "../../src/serve/policy-reloader.ts";
import { noGateway } from "../../src/serve/workers/gateway-pool.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";

const origin = "https://new.example.com";

/** The service over a real configuration and its reloader; only the gateway is left out. */
function open(folder: ConfigFolder, request: Partial<LoadRequest> = {}): PolicyService {
  const started = loadConfiguration({ folder: folder.path, environment: {}, flags: {}, ...request });
  const { configuration, file } = started;
  if (configuration?.policies === undefined) throw new Error(JSON.stringify(started.findings));
  const flags = { ...request.flags, ...(file === undefined ? {} : { policy: file }) };
  const reloader = createPolicyReloader({
    log: pino({ level: "silent" }),
    pool: noGateway,
    request: { folder: folder.path, environment: {}, ...request, flags },
    started: { ...started, watch: new Map() },
    configuration,
    versions: memoryVersionStore(),
    onLoad: () => {},
  });
  reloader.start();
  onTestFinished(() => reloader.close());
  return new PolicyService(reloader);
}

const allow = (service: PolicyService, route?: string) =>
  service.propose({ change: "allow-origin", origin, ...(route === undefined ? {} : { route }) });

describe("where a proposal is written", () => {
  const table: [
    name: string,
    files: Record<string, string>,
    request: Partial<LoadRequest>,
    change: [from: string, to: string],
  ][] = [
    [
      "a policy alone",
      { "corsmith.config.yaml": "allowOrigins: [https://a.example] # ours\n" },
      {},
      ["example]", `example, ${origin}]`],
    ],
    [
      "the overlay that is in force",
      {
        "corsmith.config.yaml":
          "policy: { maxAge: 5 }\n$production: { policy: { allowOrigins: [https://a.example] } }\n$development: { policy: { allowOrigins: [https://b.example] } }\n",
      },
      { flags: { mode: "production" } },
      ["a.example]", `a.example, ${origin}]`],
    ],
    [
      "JSON",
      { "corsmith.config.json": '{\n  "policy": {\n    "allowOrigins": [\n      "https://a.example"\n    ]\n  }\n}\n' },
      {},
      ['a.example"\n', `a.example",\n      "${origin}"\n`],
    ],
    [
      "a preset's list, which then stands in the file",
      { "corsmith.config.yaml": "policy:\n  preset: single-page-app\n  allowOrigins:\n    - https://a.example\n" },
      {},
      ["a.example\n", `a.example\n    - ${origin}\n`],
    ],
  ];
  test.each(table)("%s", async (_, files, request, [from, to]) => {
    using folder = new ConfigFolder(files);
    const [[name, before] = ["", ""]] = Object.entries(files);
    const service = open(folder, request);
    const { text, base, editable, diff } = allow(service);
    expect(text).toBe(before.replace(from, to));
    expect({ editable, ok: diff.ok, added: diff.changes[0]?.added }).toEqual({
      editable: true,
      ok: true,
      added: [origin],
    });
    await service.apply({ text, base }, "apply");
    expect(readFileSync(folder.file(name), "utf8")).toBe(text);
    expect(service.mustBeActive().policies.policy.allowOrigins).toContain(origin);
  });

  test("the route that is named, and no other", () => {
    using folder = new ConfigFolder({
      "corsmith.config.yaml":
        "policy: { allowOrigins: [https://a.example] }\nroutes:\n  - path: /x\n    policy: { allowOrigins: [https://x.example] }\n",
    });
    const { diff } = allow(open(folder), "/x");
    expect(diff.changes).toEqual([{ route: "/x", kind: "changed", key: "allowOrigins", added: [origin], removed: [] }]);
  });
});

describe("what the API cannot write it says, and gives the policy to write", () => {
  test("a configuration in TypeScript", async () => {
    const code = 'const app: string = "https://a.example";\nexport default { policy: { allowOrigins: [app] } };\n';
    using folder = new ConfigFolder({ "corsmith.config.ts": code });
    const service = open(folder);
    expect(service.source().source).toMatchObject({ format: "code", editable: false, text: code });
    const { text, editable, reason, base, diff } = allow(service);
    expect({ editable, ok: diff.ok }).toEqual({ editable: false, ok: true });
    expect(reason).toContain("corsmith.config.ts is code");
    expect(JSON.parse(text).policy.allowOrigins).toEqual(["https://a.example", origin]);
    await expect(service.apply({ text, base }, "apply")).rejects.toMatchObject({
      code: "file-not-editable",
      status: 409,
    });
    expect(readFileSync(folder.file("corsmith.config.ts"), "utf8")).toBe(code);
  });

  test("a policy from the environment alone", async () => {
    using folder = new ConfigFolder();
    const service = open(folder, { environment: { CORS_ALLOW_ORIGINS: "https://a.example" } });
    const { text, editable, reason, base } = allow(service);
    expect(editable).toBe(false);
    expect(reason).toContain("There is no configuration file");
    expect(text).toContain(`- ${origin}`);
    await expect(service.apply({ text, base }, "apply")).rejects.toMatchObject({ code: "file-not-editable" });
  });

  test("a key that a variable replaces", () => {
    using folder = new ConfigFolder({
      "corsmith.config.yaml": "policy: { allowOrigins: [https://b.example], maxAge: 5 }\n",
    });
    const service = open(folder, { environment: { CORS_ALLOW_ORIGINS: "https://a.example" } });
    expect(() => allow(service)).toThrow(
      expect.objectContaining({ code: "file-not-editable", message: expect.stringContaining("CORS_ALLOW_ORIGINS") }),
    );
  });
});

describe("the file", () => {
  test("that is a link stays one, with the permissions of what it leads to", async () => {
    using folder = new ConfigFolder();
    mkdirSync(join(folder.path, "real"));
    const real = folder.write("real/policy.yaml", "policy: { allowOrigins: [https://a.example] }\n");
    symlinkSync(real, folder.file("corsmith.config.yaml"));
    const { mode } = statSync(real);
    const service = open(folder);
    const { text, base } = allow(service);
    await service.apply({ text, base }, "apply");
    expect(lstatSync(folder.file("corsmith.config.yaml")).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, "utf8")).toBe(text);
    expect(statSync(real).mode).toBe(mode);
  });

  test("is one version for each text, with who and why; the same text again is the same version", async () => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": "policy: { allowOrigins: [https://a.example] }\n" });
    const service = open(folder);
    const { text, base } = allow(service);
    const applied = await service.apply({ text, base, who: "Ada", comment: "new shop" }, "apply");
    const again = await service.apply({ text, base: applied.base }, "apply");
    expect(again.id).toBe(applied.id);
    const versions = await service.versions.list(10, undefined);
    expect(versions.map(({ trigger, who, comment }) => [trigger, who, comment])).toEqual([
      ["apply", "Ada", "new shop"],
      ["start", "the file", ""],
    ]);
  });
});
