import { describe, expect, test } from "vitest";
import { formatAddress } from "../../src/config/address.ts";
import type { ConfigFinding } from "../../src/config/config-finding.ts";
import type { LoadOutcome } from "../../src/config/configuration.ts";
import { type LoadRequest, loadConfiguration } from "../../src/config/load-configuration.ts";
import { adminToken, type Flags } from "../../src/config/settings.ts";
import { ConfigFolder } from "./support/config-folder.ts";

type Request = Partial<Omit<LoadRequest, "folder">>;

function load(files: Readonly<Record<string, string>>, request: Request = {}): LoadOutcome {
  using folder = new ConfigFolder(files);
  return loadConfiguration({ folder: folder.path, environment: {}, flags: {}, ...request });
}

function loadYaml(text: string, request: Request = {}): LoadOutcome {
  return load({ "corsmith.config.yaml": text }, request);
}

function places(findings: readonly ConfigFinding[]): string[] {
  return findings.map(({ severity, path, code }) => `${severity} ${path} ${code}`);
}

const policy = "policy: { allowOrigins: [https://app.example.com] }\n";

describe("policy: false leaves CORS to the API", () => {
  const routes = {
    routes: [
      { path: "/auth", policy: false },
      { path: "/x", policy: { allowOrigins: "*" } },
    ],
  };
  const whole = { policy: { allowOrigins: ["https://a.example"] }, ...routes };

  test.each([
    [
      "corsmith.config.yaml",
      "policy: { allowOrigins: [https://a.example] }\nroutes:\n  - { path: /auth, policy: false }\n  - { path: /x, policy: { allowOrigins: '*' } }\n",
    ],
    ["corsmith.config.json", JSON.stringify(whole)],
    ["corsmith.config.ts", `export default ${JSON.stringify(whole)};`],
  ])("for a route, in %s", (name, text) => {
    const { configuration, findings } = load({ [name]: text });
    expect(findings).toEqual([]);
    expect(configuration?.policies?.routes).toMatchObject([{ path: "/auth", policy: false }, { path: "/x" }]);
  });

  test("for every path that no route names", () => {
    const { configuration, findings } = load({ "corsmith.config.json": JSON.stringify({ policy: false, ...routes }) });
    expect(findings).toEqual([]);
    expect(configuration?.policies?.policy).toBe(false);
  });

  test("in an overlay", () => {
    const { configuration } = loadYaml(`${policy}$production:\n  policy: false\n`, { flags: { mode: "production" } });
    expect(configuration?.policies?.policy).toBe(false);
    const { configuration: developed } = loadYaml("policy: false\n$development: { policy: { allowOrigins: '*' } }\n", {
      flags: { mode: "development" },
    });
    expect(developed?.policies?.policy).toMatchObject({ allowOrigins: ["*"] });
  });

  test.each([
    ["nothing", "policy:\n", "policy policy-not-an-object"],
    ["null", "policy: null\n", "policy policy-not-an-object"],
    ["no", "policy: no\n", "policy policy-not-an-object"],
    ["the word in quotes", 'policy: "false"\n', "policy policy-not-an-object"],
    ["0", "policy: 0\n", "policy policy-not-an-object"],
    ["true", "policy: true\n", "policy policy-not-an-object"],
    ["an empty policy", "policy: {}\n", "policy.allowOrigins origins-missing"],
    ["nothing, for a route", `${policy}routes:\n  - path: /x\n    policy:\n`, "routes[0].policy policy-not-an-object"],
    ["no key, for a route", `${policy}routes:\n  - path: /x\n`, "routes[0].policy policy-missing"],
  ])("and %s is not that", (_what, text, finding) => {
    const { configuration, findings } = loadYaml(text);
    expect(configuration).toBeUndefined();
    expect(places(findings)).toEqual([`error ${finding}`]);
  });
});

describe("flags count before the environment, and the environment before the file", () => {
  const file = `upstream: http://file:1\nlisten: 1001\n${policy}`;
  const environment = { CORSMITH_UPSTREAM: "http://environment:1", CORSMITH_LISTEN: "2001" };
  const flags = { upstream: "http://flag:1", listen: "3001" };
  test.each([
    ["the flag", environment, flags, "http://flag:1", "127.0.0.1:3001", { kind: "flag", name: "--listen" }],
    [
      "the environment",
      environment,
      {},
      "http://environment:1",
      "127.0.0.1:2001",
      { kind: "environment", name: "CORSMITH_LISTEN" },
    ],
    ["the file", {}, {}, "http://file:1", "127.0.0.1:1001", { kind: "file", name: "listen" }],
  ])("%s wins", (_, env, given, upstream, listen, source) => {
    const { configuration } = loadYaml(file, { environment: env, flags: given });
    expect(configuration?.settings.upstream.value?.origin).toBe(upstream);
    expect(configuration && formatAddress(configuration.settings.listen.value)).toBe(listen);
    expect(configuration?.settings.listen.source).toEqual(source);
  });

  test("a token can come from a flag, a variable and their files, and never from the configuration, which is shown", () => {
    const token = "a-token-that-nobody-guesses";
    using folder = new ConfigFolder();
    const file = folder.write("token", `${token}\n`);
    const given: [flags: Flags, environment: Record<string, string>][] = [
      [{ adminToken: token }, {}],
      [{ adminTokenFile: file }, {}],
      [{}, { CORSMITH_ADMIN_TOKEN: token }],
      [{}, { CORSMITH_ADMIN_TOKEN_FILE: file }],
    ];
    for (const [flags, environment] of given) {
      const { configuration, findings } = load({}, { flags: { ...flags, admin: "0.0.0.0:9090" }, environment });
      expect(findings).toEqual([]);
      expect(configuration && adminToken(configuration.settings)?.matches(token)).toBe(true);
      expect(JSON.stringify(configuration)).not.toContain(token);
    }
    const inFile = load({ "corsmith.config.json": JSON.stringify({ adminToken: token }) }, {});
    expect(inFile.findings.map(({ code }) => code)).toEqual(["key-unknown"]);
  });

  test.each([
    ["a token that can be guessed", { CORSMITH_ADMIN_TOKEN: "letmein" }],
    ["a token with a space", { CORSMITH_ADMIN_TOKEN: "two words are no token" }],
    ["a file that is not there", { CORSMITH_ADMIN_TOKEN_FILE: "/nowhere/token" }],
    ["the name of the variable misspelt", { CORSMITH_ADMIN_TOKN: "a-token-that-nobody-guesses" }],
  ])("%s is refused, or said, without showing it", (_, environment: Record<string, string>) => {
    const { findings } = load({}, { environment });
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings)).not.toMatch(/letmein|two words|nobody-guesses/);
  });

  test("every other setting can come from each of the three", () => {
    const all = {
      upstream: "http://a:1",
      listen: "1",
      admin: "2",
      workers: "3",
      upstreamTimeout: "4",
      trustProxy: ["10.0.0.1"],
      changeHost: true,
      journal: "off",
      logLevel: "warn",
    } as const;
    const fromFlags = load({}, { flags: all });
    const fromEnvironment = load(
      {},
      {
        environment: {
          CORSMITH_UPSTREAM: "http://a:1",
          CORSMITH_LISTEN: "1",
          CORSMITH_ADMIN: "2",
          CORSMITH_WORKERS: "3",
          CORSMITH_UPSTREAM_TIMEOUT: "4",
          CORSMITH_TRUST_PROXY: "10.0.0.1",
          CORSMITH_CHANGE_HOST: "true",
          CORSMITH_JOURNAL: "off",
          CORSMITH_LOG_LEVEL: "warn",
        },
      },
    );
    const { logLevel: _, ...inFile } = all;
    const fromFile = load(
      { "corsmith.config.json": JSON.stringify({ ...inFile, workers: 3, upstreamTimeout: 4 }) },
      { flags: { logLevel: "warn" } },
    );
    const values = (outcome: LoadOutcome): unknown =>
      Object.entries(outcome.configuration?.settings ?? {})
        .filter(([name]) => !name.startsWith("adminToken"))
        .map(([name, { value }]) => [name, value]);
    expect(values(fromFlags)).toHaveLength(9);
    expect(values(fromEnvironment)).toEqual(values(fromFlags));
    expect(values(fromFile)).toEqual(values(fromFlags));
  });

  test("without any of them the defaults hold, on loopback", () => {
    const { configuration, findings } = load({});
    expect(findings).toEqual([]);
    expect(configuration?.policies).toBeUndefined();
    expect(configuration && formatAddress(configuration.settings.listen.value)).toBe("127.0.0.1:8080");
    expect(configuration && formatAddress(configuration.settings.admin.value)).toBe("127.0.0.1:9090");
  });

  test("the variables of the policy replace the keys of the top-level policy, one by one", () => {
    const { configuration } = loadYaml(
      "policy: { allowOrigins: [https://a.example], maxAge: 10 }\nroutes: [{ path: /x, policy: { allowOrigins: [https://a.example] } }]\n",
      { environment: { CORS_ALLOW_ORIGINS: "https://b.example,https://c.example" } },
    );
    expect(configuration?.policies?.policy).toMatchObject({
      allowOrigins: ["https://b.example", "https://c.example"],
      maxAge: 10,
    });
    expect(configuration?.policies?.routes[0]?.policy).toMatchObject({ allowOrigins: ["https://a.example"] });
    expect(configuration?.policySource).toBe("corsmith.config.yaml, CORS_ALLOW_ORIGINS");
  });

  test("a policy can be in the environment alone", () => {
    const { configuration } = load(
      {},
      { environment: { CORS_ALLOW_ORIGINS: "https://a.example", CORS_ALLOW_CREDENTIALS: "true" } },
    );
    expect(configuration?.policies?.policy).toMatchObject({
      allowOrigins: ["https://a.example"],
      allowCredentials: true,
    });
    expect(configuration?.policySource).toBe("CORS_ALLOW_ORIGINS, CORS_ALLOW_CREDENTIALS");
  });
});

describe("a value that cannot be read stops the program with its name", () => {
  test.each([
    ["CORSMITH_LISTEN", "everywhere", {}],
    ["CORSMITH_WORKERS", "two", {}],
    ["CORSMITH_UPSTREAM", "", {}],
    ["CORSMITH_LOG_LEVEL", "loud", {}],
    ["CORS_MAX_AGE", "1h", {}],
    ["CORS_ALLOW_CREDENTIALS", "1", {}],
    ["CORS_ALLOW_ORIGINS", "", {}],
    ["CORSMITH_LISTEN", "everywhere", { listen: "8080" }],
  ])("%s=%s", (name, value, flags) => {
    const { configuration, findings } = load({}, { environment: { [name]: value }, flags });
    expect(configuration).toBeUndefined();
    const finding = findings.find(({ path }) => path === name);
    expect(finding).toMatchObject({ severity: "error", value });
    expect(finding?.fix).not.toBe("");
  });

  test("a mistake in a policy's variable has the variable as its place", () => {
    const { findings } = load({}, { environment: { CORS_ALLOW_ORIGINS: "https://a.example,https://b.example/" } });
    expect(places(findings)).toEqual(["error CORS_ALLOW_ORIGINS[1] origin-trailing-slash"]);
    expect(findings[0]?.file).toBeUndefined();
  });

  test("a near miss of a variable's name is a warning; a cluster's own variables are none", () => {
    const { findings } = load(
      {},
      { environment: { CORSMITH_UPSTEAM: "http://a:1", CORSMITH_SERVICE_HOST: "10.0.0.1", CORSMITH_PORT: "tcp://x" } },
    );
    expect(findings.map(({ path, severity, fix }) => [path, severity, fix])).toEqual([
      ["CORSMITH_UPSTEAM", "warning", "CORSMITH_UPSTREAM"],
    ]);
  });
});

describe("an overlay", () => {
  const file = `
policy:
  allowOrigins: [https://base.example]
  allowCredentials: true
  allowMethods: [PUT]
limits: { headerCount: 50, headerBytes: 9000 }
$production:
  listen: 0.0.0.0:80
  policy: { allowOrigins: [https://production.example] }
  limits: { headerCount: 60 }
$development:
  policy: { preset: development }
`;
  test("of production replaces key by key, and joins no lists", () => {
    const { configuration } = loadYaml(file, { flags: { mode: "production" } });
    expect(configuration?.policies?.policy).toMatchObject({
      allowOrigins: ["https://production.example"],
      allowCredentials: true,
      allowMethods: ["PUT"],
    });
    expect(configuration?.limits).toEqual({ headerCount: 60, headerBytes: 9000 });
    expect(configuration?.policySource).toBe("corsmith.config.yaml with $production");
  });

  test("is chosen by NODE_ENV, and --mode counts before it", () => {
    const environment = { NODE_ENV: "production" };
    expect(loadYaml(file, { environment }).configuration?.mode).toBe("production");
    expect(loadYaml(file, { environment, flags: { mode: "development" } }).configuration?.mode).toBe("development");
    expect(loadYaml(file).configuration?.mode).toBeUndefined();
    expect(loadYaml(file).configuration?.policies?.policy).toMatchObject({ allowOrigins: ["https://base.example"] });
  });

  test("that names a preset replaces the keys that the preset sets", () => {
    const { configuration } = loadYaml(file, { flags: { mode: "development" } });
    expect(configuration?.policies?.policy).toMatchObject({
      allowOrigins: expect.arrayContaining(["http://localhost:*"]),
      allowMethods: ["*"],
    });
    expect(configuration?.policies?.policy).not.toMatchObject({
      allowOrigins: expect.arrayContaining(["https://base.example"]),
    });
  });

  test("has its mistakes named where they stand", () => {
    const text =
      "policy: { allowOrigins: [https://a.example] }\n$production:\n  policy:\n    allowOrigins:\n      - https://b.example/\n";
    const { findings } = loadYaml(text, { flags: { mode: "production" } });
    expect(findings).toMatchObject([
      { path: "$production.policy.allowOrigins[0]", file: "corsmith.config.yaml", line: 5, column: 9 },
    ]);
  });

  test("of another mode has its mistakes told today: a warning, and an error for --check", () => {
    const text =
      "policy: { allowOrigins: [https://a.example] }\n$production: { listen: nowhere, policy: { allowOrigins: ['*'], allowCredentials: true } }\n";
    const served = loadYaml(text);
    expect(served.configuration).toBeDefined();
    expect(places(served.findings)).toEqual([
      "warning $production.policy.allowOrigins[0] origin-any-with-credentials",
      "warning $production.listen address-invalid",
    ]);
    expect(loadYaml(text, { everyMode: true }).configuration).toBeUndefined();
  });

  test("cannot be chosen by a name that is none", () => {
    expect(places(loadYaml(file, { flags: { mode: "prod" } }).findings)).toEqual(["error --mode mode-unknown"]);
    expect(places(loadYaml(file, { environment: { NODE_ENV: "staging" } }).findings)).toEqual([
      "warning NODE_ENV mode-without-overlay",
    ]);
    expect(loadYaml(policy, { environment: { NODE_ENV: "test" } }).findings).toEqual([]);
  });
});

describe("--policy takes", () => {
  test("a policy alone", () => {
    const { configuration } = load(
      { "strict.json": '{ "allowOrigins": ["https://a.example"] }' },
      { flags: { policy: "strict.json" } },
    );
    expect(configuration?.policies?.policy).toMatchObject({ allowOrigins: ["https://a.example"] });
    expect(configuration?.policySource).toBe("strict.json");
  });

  test("a whole configuration", () => {
    const { configuration } = load({ "x.yaml": `upstream: http://a:1\n${policy}` }, { flags: { policy: "x.yaml" } });
    expect(configuration?.settings.upstream.value?.origin).toBe("http://a:1");
  });

  test("and then no other file", () => {
    const { configuration } = load(
      { "corsmith.config.yaml": "listen: 1\n", "p.yaml": "allowOrigins: https://a.example\n" },
      { flags: { policy: "p.yaml" } },
    );
    expect(configuration?.settings.listen.source).toEqual({ kind: "default" });
  });

  test("no file that is half one and half the other", () => {
    const { findings } = load(
      { "x.yaml": "listen: 1\nallowOrigins: ['*']\nmaxAge: 3\n" },
      { flags: { policy: "x.yaml" } },
    );
    expect(places(findings)).toEqual(["error allowOrigins config-mixed", "error maxAge config-mixed"]);
  });

  test("no file that is not there", () => {
    const { findings } = load({}, { flags: { policy: "x.yaml" } });
    expect(findings).toMatchObject([{ code: "config-not-found", file: "x.yaml" }]);
  });

  test("the place of CORSMITH_POLICY", () => {
    const files = { "a.yaml": "allowOrigins: https://a.example\n", "b.yaml": "allowOrigins: https://b.example\n" };
    const environment = { CORSMITH_POLICY: "a.yaml" };
    expect(load(files, { environment }).configuration?.policySource).toBe("a.yaml");
    expect(load(files, { environment, flags: { policy: "b.yaml" } }).configuration?.policySource).toBe("b.yaml");
  });
});

describe("S87: all mistakes are reported together, each at its place", () => {
  test("of a whole configuration", () => {
    const { configuration, findings } = loadYaml(`
upstream: 127.0.0.1:8000
lisen: 8080
admin: 8080x
workers: 0
upstreamTimeout: 30s
trustProxy: [nginx]
changeHost: 1
limits: { headerCount: 0, drainSecond: 3 }
policy:
  allowOrigins: [https://a.example, https://b.example/]
  allowCredential: true
routes:
  - path: admin
    policy: { allowOrigins: ["https://*.com"] }
  - path: /b
    polcy: {}
  - { policy: { allowOrigins: ["*"] } }
`);
    expect(configuration).toBeUndefined();
    expect(places(findings).toSorted()).toEqual(
      [
        "error upstream upstream-invalid",
        "error lisen key-unknown",
        "error admin address-invalid",
        "error workers workers-invalid",
        "error upstreamTimeout timeout-invalid",
        "error trustProxy trust-proxy-invalid",
        "error changeHost switch-invalid",
        "error limits.headerCount limit-invalid",
        "error limits.drainSecond key-unknown",
        "error policy.allowOrigins[1] origin-trailing-slash",
        "error policy.allowCredential key-unknown",
        "error routes[0].policy.allowOrigins[0] origin-public-suffix",
        "error routes[1].polcy key-unknown",
        "error routes[1].policy policy-missing",
        "error routes[2].path type-mismatch",
      ].toSorted(),
    );
    for (const finding of findings)
      expect(finding, finding.path).toMatchObject({ file: "corsmith.config.yaml", line: expect.any(Number) });
  });

  test("the routes' paths too, whatever their policies are", () => {
    const { findings } = loadYaml(`
policy: { allowOrigins: [https://a.example/] }
routes:
  - { path: admin, policy: { allowOrigins: ["*"] } }
  - { path: /b, policy: { allowOrigins: ["*"] } }
  - { path: /b, policy: { allowOrigins: ["*"] } }
`);
    expect(places(findings)).toEqual([
      "error policy.allowOrigins[0] origin-trailing-slash",
      "error routes[0].path route-not-absolute",
      "error routes[2].path route-conflict",
    ]);
    expect(findings[2]).toMatchObject({ line: 6, column: 7 });
  });
});

describe("S89: unknown keys are refused with the nearest known name", () => {
  test.each([
    ["upsteam: http://a:1", "upstream"],
    ["polices: {}", "policy"],
    ["listen: 1\n$prodution: {}", "$production"],
    ["listen: 1\ntrust_proxy: []", "trustProxy"],
    ["allow_origins: []", "allowOrigins"],
  ])("%s", (text, fix) => {
    const { findings } = loadYaml(text);
    expect(findings).toMatchObject([{ code: "key-unknown", fix }]);
  });
});

describe("S91: a wildcard under a public suffix is refused by the whole list", () => {
  test.each([
    "co.uk",
    "github.io",
    "ck",
    "foo.ck",
    "vercel.app",
    "compute.amazonaws.com",
    "s3.eu-west-1.amazonaws.com",
    "pages.dev",
    "xn--p1ai",
  ])("https://*.%s", (suffix) => {
    const { findings } = loadYaml(`policy: { allowOrigins: ["https://*.${suffix}"] }`);
    expect(places(findings)).toEqual(["error policy.allowOrigins[0] origin-public-suffix"]);
  });
  test.each(["example.com", "example.co.uk", "corp.internal", "me.github.io"])("but https://*.%s may be", (host) => {
    expect(loadYaml(`policy: { allowOrigins: ["https://*.${host}"] }`).findings).toEqual([]);
  });
});

describe("settings that contradict each other", () => {
  test.each([
    ["one port for both servers", "listen: 8080\nadmin: 8080\n", ["error admin addresses-equal"]],
    ["one port by two names", "listen: localhost:8080\nadmin: 127.0.0.1:8080\n", ["error admin addresses-equal"]],
    ["the default admin port for the API", "listen: 0.0.0.0:9090\n", ["error listen addresses-equal"]],
    ["an upstream that is the gateway", "upstream: http://localhost:8080\n", ["error upstream upstream-is-gateway"]],
    [
      "an upstream behind all addresses",
      "upstream: http://127.0.0.1:80\nlisten: 0.0.0.0:80\n",
      ["error upstream upstream-is-gateway"],
    ],
    ["an admin server for everybody, without a token", "admin: 0.0.0.0:9090\n", ["error admin admin-token-missing"]],
    ["an admin server on a name below localhost", "admin: x.localhost:9090\n", ["error admin admin-token-missing"]],
    ["an admin server on a lookalike", "admin: 127.evil.example:9090\n", ["error admin admin-token-missing"]],
    [
      "less time for a request than for its headers",
      "limits: { requestSeconds: 5 }\n",
      ["error limits.requestSeconds limit-invalid"],
    ],
    [
      "a password in the file, which the console shows",
      "journal: postgres://corsmith:secret@db/corsmith\n",
      ["warning journal journal-password-shown"],
    ],
    ["a PostgreSQL without a password", "journal: postgres://corsmith@db/corsmith\n", []],
    ["two loopback addresses", "listen: 127.0.0.1:80\nadmin: 127.0.0.2:80\n", []],
    ["another machine's port", "upstream: http://api:8080\n", []],
    ["any ports", "listen: 0\nadmin: 0\n", []],
  ])("%s", (_, text, expected) => {
    expect(places(loadYaml(text).findings)).toEqual(expected);
  });
});

describe("a file that is something else is refused", () => {
  test.each([
    ["[]", "config-not-an-object"],
    ["text", "config-not-an-object"],
    ["42", "config-not-an-object"],
    ["policy:", "policy-not-an-object"],
    ["policy: []", "policy-not-an-object"],
    ["routes: {}", "type-mismatch"],
    ["routes: [x]", "type-mismatch"],
    ["limits: 3", "type-mismatch"],
    ["$production: yes", "type-mismatch"],
    ["$production: { $development: {} }", "overlay-nested"],
    ["listen: null", "address-invalid"],
  ])("%s", (text, code) => {
    const { configuration, findings } = loadYaml(text);
    expect(configuration).toBeUndefined();
    expect(findings.map((finding) => finding.code)).toEqual([code]);
  });

  test("a function", () => {
    const { findings } = load({ "corsmith.config.ts": "export default () => ({});" });
    expect(findings).toMatchObject([{ code: "config-not-an-object", value: "a function" }]);
  });

  test("two files in one folder", () => {
    const { findings } = load({ "corsmith.config.yaml": "", "corsmith.config.json": "" });
    expect(findings).toMatchObject([{ code: "config-ambiguous" }]);
  });
});

test("a password in the upstream is not repeated", () => {
  const { findings } = load({}, { flags: { upstream: "http://user:hunter2@api:8000" } });
  expect(JSON.stringify(findings)).not.toContain("hunter2");
});

test("the demo's policy holds where the file has none", () => {
  const basePolicy = { allowOrigins: ["https://demo.example"], maxAge: 5 };
  expect(load({}, { basePolicy }).configuration?.policySource).toBe("the demo's own");
  expect(loadYaml(policy, { basePolicy }).configuration?.policies?.policy).not.toHaveProperty("maxAge");
});
