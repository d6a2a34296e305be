import { lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { PolicyService } from "../../src/api/policy/policy-service.ts";
import { policiesAsYaml } from "../../src/api/policy/policy-source.ts";
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
    expect(service.mustBeActive().policies.policy).toMatchObject({ allowOrigins: expect.arrayContaining([origin]) });
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

describe("where there is no policy", () => {
  const text = "policy: { allowOrigins: [https://a.example] }\nroutes:\n  - path: /auth\n    policy: false\n";

  test.each([
    ["an origin", { change: "allow-origin", origin, route: "/auth" }],
    ["no origin", { change: "refuse-origin", origin, route: "/auth" }],
    ["a key", { change: "set-policy", policy: { allowMethods: ["PUT"] }, route: "/auth" }],
  ] as const)("%s cannot be proposed, and the note says why", (_what, proposal) => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": text });
    const proposed = open(folder).propose(proposal);
    expect(proposed).toMatchObject({ text, diff: { same: true } });
    expect(proposed.note).toContain("There is no policy here");
  });

  test.each([
    ["a policy in its place", text.replace("policy: false", "policy: { allowOrigins: '*' }"), "policy"],
    ["no route any more", text.slice(0, text.indexOf("routes")), "policy"],
    ["the same elsewhere", text.replace("/auth", "/login"), ["policy", "api"]],
    ["none at all", "policy: false\n", "api"],
    ["nothing that differs", text.replace("/auth\n", "/auth # ours\n"), []],
  ])("a candidate that has %s says who decides then, and guesses no access", (_what, candidate, to) => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": text });
    const { handedOver, gained, lost, ok } = open(folder).diff({ text: candidate });
    expect({ ok, gained, lost }).toEqual({ ok: true, gained: [], lost: [] });
    expect(handedOver.map((each) => each.to)).toEqual([to].flat());
  });

  test("the change is one of the key policy", () => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": text });
    const candidate = text.replace("policy: false", "policy: { allowOrigins: https://b.example }");
    const { changes } = open(folder).diff({ text: candidate });
    const after = expect.objectContaining({ allowOrigins: ["https://b.example"] });
    expect(changes).toEqual([{ route: "/auth", kind: "changed", key: "policy", before: false, after }]);
  });

  test("the active policy is written as it is where it is not in a file", () => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": text });
    expect(policiesAsYaml(open(folder).mustBeActive().policies)).toContain("  - path: /auth\n    policy: false\n");
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
