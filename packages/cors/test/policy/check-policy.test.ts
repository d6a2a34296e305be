import { describe, expect, it } from "vitest";
import { checkPolicy, definePolicy, type FindingCode, findingCodes, policyFromEnvironment } from "../../src/index.ts";

const origin = "https://app.example.com";

/** Name, policy, and the code, place and fix of the one finding that it must have. */
const mistakes: readonly (readonly [string, unknown, FindingCode, string, string | RegExp])[] = [
  ["S86: no policy at all", undefined, "policy-not-an-object", "", /allowOrigins/],
  [
    "something of a framework for a policy",
    new Request("https://a.example"),
    "policy-not-an-object",
    "",
    /write cors\(\{/,
  ],
  ["a list for a policy", [], "policy-not-an-object", "", /allowOrigins/],
  ["S86: no origins", {}, "origins-missing", "allowOrigins", /https:\/\//],
  ["S86: an empty list of origins", { allowOrigins: [] }, "origins-missing", "allowOrigins", /https:\/\//],
  [
    "S19: a URL object among the origins",
    { allowOrigins: [new URL("https://a.com/x")] },
    "type-mismatch",
    "allowOrigins[0]",
    "https://a.com",
  ],
  ["S19: a number among the origins", { allowOrigins: [origin, 1] }, "type-mismatch", "allowOrigins[1]", /text/],
  ["S19: an object among the origins", { allowOrigins: [{}] }, "type-mismatch", "allowOrigins[0]", /text/],
  ["S19: true for the origins", { allowOrigins: true }, "type-mismatch", "allowOrigins", /\[\]/],
  ["S19: a function for the origins", { allowOrigins: () => true }, "type-mismatch", "allowOrigins", /\[\]/],
  [
    "S23: a regular expression among the origins",
    { allowOrigins: [/example\.com$/] },
    "origin-regular-expression",
    "allowOrigins[0]",
    /\*\.example/,
  ],
  [
    "S23: a regular expression written as text",
    { allowOrigins: "^https://.*\\.example\\.com$" },
    "origin-regular-expression",
    "allowOrigins",
    /\*\.example/,
  ],
  [
    "S20: the default port of https",
    { allowOrigins: "https://app.example.com:443" },
    "origin-default-port",
    "allowOrigins",
    origin,
  ],
  [
    "S20: the default port of http",
    { allowOrigins: "http://app.example.com:80" },
    "origin-default-port",
    "allowOrigins",
    "http://app.example.com",
  ],
  ["a trailing slash", { allowOrigins: `${origin}/` }, "origin-trailing-slash", "allowOrigins", origin],
  ["a path", { allowOrigins: `${origin}/app` }, "origin-with-path", "allowOrigins", origin],
  ["a query", { allowOrigins: `${origin}?a=b` }, "origin-with-path", "allowOrigins", origin],
  ["a fragment", { allowOrigins: `${origin}#a` }, "origin-with-path", "allowOrigins", origin],
  ["a missing scheme", { allowOrigins: "app.example.com" }, "origin-scheme-missing", "allowOrigins", origin],
  [
    "a missing scheme before a local port",
    { allowOrigins: "localhost:3000" },
    "origin-scheme-missing",
    "allowOrigins",
    "http://localhost:3000",
  ],
  [
    "a missing scheme before a name that only begins like a local one: localhost.evil.example",
    { allowOrigins: "localhost.evil.example" },
    "origin-scheme-missing",
    "allowOrigins",
    "https://localhost.evil.example",
  ],
  [
    "a missing scheme before a name that only begins like a local one: 127.evil.example",
    { allowOrigins: "127.evil.example" },
    "origin-scheme-missing",
    "allowOrigins",
    "https://127.evil.example",
  ],
  [
    "a missing scheme before a name that only begins like a local one: 10.evil.example",
    { allowOrigins: "10.evil.example" },
    "origin-scheme-missing",
    "allowOrigins",
    "https://10.evil.example",
  ],
  ["an empty text", { allowOrigins: "" }, "origin-scheme-missing", "allowOrigins", /location\.origin/],
  ["upper case in the host", { allowOrigins: "https://App.Example.com" }, "origin-uppercase", "allowOrigins", origin],
  ["upper case in the scheme", { allowOrigins: "HTTPS://app.example.com" }, "origin-uppercase", "allowOrigins", origin],
  [
    "two origins in one text",
    { allowOrigins: "https://a.com, https://b.com/" },
    "origin-comma-joined",
    "allowOrigins",
    '["https://a.com","https://b.com"]',
  ],
  ["white space around an origin", { allowOrigins: [` ${origin}`] }, "origin-whitespace", "allowOrigins[0]", origin],
  [
    "a Unicode host",
    { allowOrigins: "https://bücher.example" },
    "origin-host-not-ascii",
    "allowOrigins",
    "https://xn--bcher-kva.example",
  ],
  [
    "a Unicode host under a wildcard",
    { allowOrigins: "https://*.bücher.example" },
    "origin-host-not-ascii",
    "allowOrigins",
    "https://*.xn--bcher-kva.example",
  ],
  [
    "a short IPv4 address",
    { allowOrigins: "http://127.1:3000" },
    "origin-ip-not-canonical",
    "allowOrigins",
    "http://127.0.0.1:3000",
  ],
  [
    "a long IPv6 address",
    { allowOrigins: "http://[0:0:0:0:0:0:0:1]" },
    "origin-ip-not-canonical",
    "allowOrigins",
    "http://[::1]",
  ],
  ["an empty label", { allowOrigins: "https://a..b.com" }, "origin-host-invalid", "allowOrigins", /location\.origin/],
  ["a dot at the end of the host", { allowOrigins: `${origin}.` }, "origin-host-invalid", "allowOrigins", origin],
  ["a port of zero", { allowOrigins: `${origin}:0` }, "origin-port-invalid", "allowOrigins", /.+/],
  [
    "a port with leading zeros",
    { allowOrigins: `${origin}:0080` },
    "origin-port-invalid",
    "allowOrigins",
    "https://app.example.com:80",
  ],
  ["a user name", { allowOrigins: "https://me@app.example.com" }, "origin-userinfo", "allowOrigins", origin],
  ["a file scheme", { allowOrigins: "file://" }, "origin-scheme-unusable", "allowOrigins", /https/],
  [
    "a scheme of pages without an origin",
    { allowOrigins: "data://x" },
    "origin-scheme-unusable",
    "allowOrigins",
    /https/,
  ],
  ["null in capitals", { allowOrigins: "NULL" }, "origin-scheme-missing", "allowOrigins", /allowNullOrigin/],
  ["a WebSocket scheme", { allowOrigins: "wss://app.example.com" }, "origin-scheme-unusable", "allowOrigins", origin],
  [
    "a part of a label directly under a top-level domain: a wildcard without its dot",
    { allowOrigins: "https://*example.com" },
    "origin-shared-host",
    "allowOrigins",
    "https://*.example.com",
  ],
  [
    "the same without a scheme",
    { allowOrigins: "*example.com" },
    "origin-scheme-missing",
    "allowOrigins",
    "https://*.example.com",
  ],
  [
    "a part of a label under a shared host",
    { allowOrigins: "https://*-team.vercel.app" },
    "origin-shared-host",
    "allowOrigins",
    /your-app\.vercel\.app.*https:\/\/\*\.preview\.example\.com.*originLookup.*allowSharedHosts/,
  ],
  [
    "a part of a label under a shared host that begins with a hyphen",
    { allowOrigins: "https://*--my-site.netlify.app" },
    "origin-shared-host",
    "allowOrigins",
    /your-app\.netlify\.app/,
  ],
  [
    "a domain with shared hosts in it",
    { allowOrigins: "https://*.amazonaws.com" },
    "origin-shared-host",
    "allowOrigins",
    /dangerously\.allowSharedHosts/,
  ],
  [
    "a region with shared hosts in it",
    { allowOrigins: "https://*.eu-west-1.amazonaws.com" },
    "origin-shared-host",
    "allowOrigins",
    /your-app\.eu-west-1\.amazonaws\.com/,
  ],
  [
    "a shared host without a scheme: its correction would be refused too",
    { allowOrigins: "*.vercel.app" },
    "origin-scheme-missing",
    "allowOrigins",
    /your-app\.vercel\.app/,
  ],
  [
    "a wildcard in the middle",
    { allowOrigins: "https://a.*.example.com" },
    "origin-wildcard-misplaced",
    "allowOrigins",
    /label/,
  ],
  ["two wildcards", { allowOrigins: "https://*.*.example.com" }, "origin-wildcard-misplaced", "allowOrigins", /label/],
  [
    "two wildcards in a label",
    { allowOrigins: "https://pr-*-*.example.com" },
    "origin-wildcard-misplaced",
    "allowOrigins",
    /label/,
  ],
  ["a part of the only label", { allowOrigins: "https://pr-*" }, "origin-wildcard-misplaced", "allowOrigins", /label/],
  [
    "a part of an international label, which is encoded as a whole",
    { allowOrigins: "https://bü*.example.com" },
    "origin-host-not-ascii",
    "allowOrigins",
    /location\.origin/,
  ],
  [
    "a part of an encoded label",
    { allowOrigins: "https://xn--b*-kva.example.com" },
    "origin-wildcard-misplaced",
    "allowOrigins",
    /label/,
  ],
  [
    "a part of a label in capitals",
    { allowOrigins: "https://PR-*.Example.com" },
    "origin-uppercase",
    "allowOrigins",
    "https://pr-*.example.com",
  ],
  [
    "a part of a label, with a path",
    { allowOrigins: "pr-*.example.com/app" },
    "origin-scheme-missing",
    "allowOrigins",
    "https://pr-*.example.com",
  ],
  [
    "a part of a label that leaves no room for the rest",
    { allowOrigins: `https://${"a".repeat(63)}*.example.com` },
    "origin-host-invalid",
    "allowOrigins",
    /location\.origin/,
  ],
  ...[
    "http://192.168.*",
    "http://192.168.1.*:3000",
    "http://192.168.*.*",
    "https://*.127.0.0.1",
    "http://10-*.0.0.1",
  ].map(
    (entry) =>
      [
        `a range of addresses: ${entry}`,
        { allowOrigins: entry },
        entry.includes("10-") ? "origin-ip-not-canonical" : "origin-wildcard-misplaced",
        "allowOrigins",
        entry.includes("10-") ? /location\.origin/ : /isPrivateHost\(new URL\(origin\)\.hostname\)/,
      ] as const,
  ),
  [
    "a wildcard in the scheme",
    { allowOrigins: "http*://example.com" },
    "origin-wildcard-misplaced",
    "allowOrigins",
    "https://example.com",
  ],
  [
    "a wildcard under an app's scheme",
    { allowOrigins: "capacitor://*.local" },
    "origin-wildcard-misplaced",
    "allowOrigins",
    /"capacitor:\/\/[a-p]+"/,
  ],
  [
    "every extension of Chromium",
    { allowOrigins: "chrome-extension://*" },
    "origin-wildcard-misplaced",
    "allowOrigins",
    /"chrome-extension:\/\/[a-p]+"/,
  ],
  [
    "every extension of Firefox, which gives it another origin in each installation",
    { allowOrigins: "moz-extension://*" },
    "origin-wildcard-misplaced",
    "allowOrigins",
    /originLookup: \{ find: \(origin\) => origin\.startsWith\("moz-extension:\/\/"\) \}/,
  ],
  ["S33: every https site", { allowOrigins: "https://*" }, "origin-pattern-too-wide", "allowOrigins", /alone/],
  [
    "S33: every https site with credentials",
    { allowOrigins: "https://*", allowCredentials: true },
    "origin-pattern-too-wide",
    "allowOrigins",
    /alone/,
  ],
  ["S33: h*", { allowOrigins: "h*" }, "origin-scheme-missing", "allowOrigins", /.+/],
  [
    "S90: a wildcard under a top-level domain",
    { allowOrigins: "https://*.com" },
    "origin-public-suffix",
    "allowOrigins",
    /dangerously\.allowPublicSuffixes/,
  ],
  [
    "S90: a wildcard under a registry's second level",
    { allowOrigins: "https://*.co.uk" },
    "origin-public-suffix",
    "allowOrigins",
    /your-app\.co\.uk/,
  ],
  [
    "S90: a wildcard under a shared host",
    { allowOrigins: "https://*.github.io" },
    "origin-public-suffix",
    "allowOrigins",
    /github\.io/,
  ],
  [
    "an origin that is too long",
    { allowOrigins: `https://${"a".repeat(330)}.com` },
    "origin-too-long",
    "allowOrigins",
    /.+/,
  ],
  [
    "S17: the null origin without its switch",
    { allowOrigins: ["null"] },
    "origin-null",
    "allowOrigins[0]",
    /allowNullOrigin/,
  ],
  [
    "S17: the null origin with credentials",
    { allowOrigins: ["null"], allowCredentials: true, dangerously: { allowNullOrigin: true } },
    "origin-null-with-credentials",
    "dangerously.allowNullOrigin",
    /allowNullOriginWithCredentials/,
  ],
  [
    "S32: any origin with credentials",
    { allowOrigins: "*", allowCredentials: true },
    "origin-any-with-credentials",
    "allowOrigins",
    /allowCredentials to false/,
  ],
  [
    "S32: any origin with credentials, in a list",
    { allowOrigins: ["*"], allowCredentials: true },
    "origin-any-with-credentials",
    "allowOrigins[0]",
    /allowCredentials to false/,
  ],
  ["any origin beside another", { allowOrigins: ["*", origin] }, "origin-any-not-alone", "allowOrigins", /alone/],
  [
    "S90: an insecure origin with credentials",
    { allowOrigins: "http://app.example.com", allowCredentials: true },
    "origin-insecure-with-credentials",
    "allowOrigins",
    origin,
  ],
  [
    "any port with credentials",
    { allowOrigins: `${origin}:*`, allowCredentials: true },
    "origin-any-port-with-credentials",
    "allowOrigins",
    origin,
  ],
  [
    "http, with credentials, on the port of https",
    { allowOrigins: "http://app.example.com:443", allowCredentials: true },
    "origin-insecure-with-credentials",
    "allowOrigins",
    origin,
  ],
  [
    "an insecure origin with credentials and a slash",
    { allowOrigins: "http://app.example.com/", allowCredentials: true },
    "origin-trailing-slash",
    "allowOrigins",
    origin,
  ],
  [
    "S54: CONNECT",
    { allowOrigins: origin, allowMethods: ["connect"] },
    "method-forbidden",
    "allowMethods[0]",
    /Remove/,
  ],
  ["S54: TRACE", { allowOrigins: origin, allowMethods: ["TRACE"] }, "method-forbidden", "allowMethods[0]", /Remove/],
  ["S54: Track", { allowOrigins: origin, allowMethods: ["Track"] }, "method-forbidden", "allowMethods[0]", /Remove/],
  [
    "two methods in one text",
    { allowOrigins: origin, allowMethods: "GET, PUT" },
    "method-invalid",
    "allowMethods",
    '["GET","PUT"]',
  ],
  [
    "S51: patch in lower case",
    { allowOrigins: origin, allowMethods: ["patch"] },
    "method-case",
    "allowMethods[0]",
    "PATCH",
  ],
  [
    "a header that no script can set",
    { allowOrigins: origin, allowHeaders: ["Cookie"] },
    "header-forbidden",
    "allowHeaders[0]",
    /allowCredentials/,
  ],
  [
    "a header that begins with sec-",
    { allowOrigins: origin, allowHeaders: ["Sec-Fetch-Site"] },
    "header-forbidden",
    "allowHeaders[0]",
    /Remove/,
  ],
  [
    "a header that begins with proxy-",
    { allowOrigins: origin, allowHeaders: ["proxy-x"] },
    "header-forbidden",
    "allowHeaders[0]",
    /Remove/,
  ],
  [
    "a response header among the request headers",
    { allowOrigins: origin, allowHeaders: ["Access-Control-Allow-Origin"] },
    "header-not-for-requests",
    "allowHeaders[0]",
    /Remove/,
  ],
  [
    "a header name with a colon",
    { allowOrigins: origin, allowHeaders: ["x-a:"] },
    "header-invalid",
    "allowHeaders[0]",
    /Remove/,
  ],
  [
    "S73: any exposed header with credentials",
    { allowOrigins: origin, allowCredentials: true, exposeHeaders: "*" },
    "expose-any-with-credentials",
    "exposeHeaders",
    /Name/,
  ],
  [
    "S73: Set-Cookie exposed",
    { allowOrigins: origin, exposeHeaders: ["Set-Cookie"] },
    "expose-forbidden",
    "exposeHeaders[0]",
    /Remove/,
  ],
  [
    "a header of the protocol exposed",
    { allowOrigins: origin, exposeHeaders: ["origin"] },
    "expose-not-for-responses",
    "exposeHeaders[0]",
    /Remove/,
  ],
  [
    "an exposed header that is no name",
    { allowOrigins: origin, exposeHeaders: ["x a"] },
    "expose-invalid",
    "exposeHeaders[0]",
    '["x","a"]',
  ],
  [
    "a boolean for what becomes of exposed headers",
    { allowOrigins: origin, upstreamExposeHeaders: true },
    "type-mismatch",
    "upstreamExposeHeaders",
    "merge",
  ],
  [
    "another word for it",
    { allowOrigins: origin, upstreamExposeHeaders: "keep" },
    "type-mismatch",
    "upstreamExposeHeaders",
    "drop",
  ],
  ["S70: a negative maxAge", { allowOrigins: origin, maxAge: -1 }, "max-age-invalid", "maxAge", "0"],
  ["S70: a maxAge above a day", { allowOrigins: origin, maxAge: 86_401 }, "max-age-invalid", "maxAge", "86400"],
  ["S70: a maxAge that is not whole", { allowOrigins: origin, maxAge: 1.5 }, "max-age-invalid", "maxAge", "2"],
  ["S70: a maxAge written as text", { allowOrigins: origin, maxAge: "600" }, "max-age-invalid", "maxAge", "600"],
  [
    "S70: a maxAge that is no number",
    { allowOrigins: origin, maxAge: Number.NaN },
    "max-age-invalid",
    "maxAge",
    "7200",
  ],
  [
    "a status that no preflight has",
    { allowOrigins: origin, preflightStatus: 201 },
    "preflight-status-invalid",
    "preflightStatus",
    "204",
  ],
  [
    "credentials written as text",
    { allowOrigins: origin, allowCredentials: "true" },
    "type-mismatch",
    "allowCredentials",
    "true",
  ],
  ["null where a list belongs", { allowOrigins: origin, allowMethods: null }, "type-mismatch", "allowMethods", /\[\]/],
  [
    "S89: a key in another spelling",
    { allowOrigins: origin, allow_headers: [] },
    "key-unknown",
    "allow_headers",
    "allowHeaders",
  ],
  ["S89: a key that is near to none", { allowOrigins: origin, zebra: 1 }, "key-unknown", "zebra", /One of: preset/],
  ["an unknown preset", { preset: "single-page", allowOrigins: origin }, "preset-unknown", "preset", "single-page-app"],
  [
    "an unknown danger",
    { allowOrigins: origin, dangerously: { allowInsecure: true } },
    "danger-unknown",
    "dangerously.allowInsecure",
    "allowInsecureOrigins",
  ],
  ["a lookup without a function", { originLookup: {}, allowOrigins: origin }, "type-mismatch", "originLookup", /find/],
  [
    "a lookup behind any origin",
    { originLookup: { find: () => true }, allowOrigins: "*" },
    "origin-lookup-with-any-origin",
    "originLookup",
    /Remove/,
  ],
  [
    "protection behind any origin",
    { allowOrigins: "*", crossOriginProtection: true },
    "protection-with-any-origin",
    "crossOriginProtection",
    /Name/,
  ],
];

describe("checking a policy", () => {
  it.each(mistakes)("%s", (_, input, code, path, fix) => {
    const findings = checkPolicy(input);
    expect(findings.map((finding) => [finding.code, finding.path])).toEqual([[code, path]]);
    const finding = findings[0];
    expect(finding?.message).toMatch(/^.{10,}[.]$/);
    if (typeof fix === "string") expect(finding?.fix).toBe(fix);
    else expect(finding?.fix).toMatch(fix);
  });

  it("S87: all mistakes are reported together, each with code, severity, path, value, message and fix", () => {
    const findings = checkPolicy({
      allowOrigins: ["https://a.com/", "b.com"],
      allowCredentials: 1,
      allowMethods: ["TRACE"],
      maxAge: -1,
      nonsense: true,
    });
    expect(findings.map((finding) => finding.path).toSorted()).toEqual([
      "allowCredentials",
      "allowMethods[0]",
      "allowOrigins[0]",
      "allowOrigins[1]",
      "maxAge",
      "nonsense",
    ]);
    for (const finding of findings) {
      expect(Object.keys(finding).toSorted()).toEqual(["code", "fix", "message", "path", "severity", "value"]);
    }
  });

  it("S87: the thrown error carries them all, and a fix that is the corrected origin can be written as it is", () => {
    const build = () => definePolicy({ allowOrigins: ["https://a.com/", "b.com"] });
    expect(build).toThrow(expect.objectContaining({ name: "PolicyError", code: "policy-invalid" }));
    const fixed = checkPolicy({ allowOrigins: ["https://a.com/", "b.com"] }).map((finding) => finding.fix);
    expect(definePolicy({ allowOrigins: fixed }).allowOrigins).toEqual(["https://a.com", "https://b.com"]);
  });

  it("S88: no input makes the check throw", () => {
    const hostile = [
      null,
      1,
      "x",
      Symbol("x"),
      () => 1,
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error("no");
          },
        },
      ),
      {
        get allowOrigins() {
          throw new Error("no");
        },
      },
      { allowOrigins: [Symbol("x")] },
      { allowOrigins: Object.create(null) },
    ];
    for (const input of hostile) expect(checkPolicy(input).length).toBeGreaterThan(0);
  });

  it("S91: the table of public suffixes can be replaced", () => {
    const options = { isPublicSuffix: (host: string) => host === "tenants.example" };
    expect(checkPolicy({ allowOrigins: "https://*.tenants.example" }, options).map((finding) => finding.code)).toEqual([
      "origin-public-suffix",
    ]);
    expect(checkPolicy({ allowOrigins: "https://*.github.io" }, options)).toEqual([]);
  });

  it.each([
    [
      "an insecure origin",
      { allowOrigins: "http://app.example.com", allowCredentials: true, dangerously: { allowInsecureOrigins: true } },
    ],
    ["a public suffix", { allowOrigins: "https://*.github.io", dangerously: { allowPublicSuffixes: true } }],
    [
      "a part of a label under a shared host",
      { allowOrigins: "https://*-team.vercel.app", dangerously: { allowSharedHosts: true } },
    ],
    [
      "a domain with shared hosts in it",
      { allowOrigins: "https://*.amazonaws.com", dangerously: { allowSharedHosts: true } },
    ],
    [
      "any port",
      {
        allowOrigins: "https://app.example.com:*",
        allowCredentials: true,
        dangerously: { allowAnyPortWithCredentials: true },
      },
    ],
    ["the null origin", { allowOrigins: "null", dangerously: { allowNullOrigin: true } }],
    [
      "the null origin with credentials",
      {
        allowOrigins: "null",
        allowCredentials: true,
        dangerously: { allowNullOrigin: true, allowNullOriginWithCredentials: true },
      },
    ],
  ])("S90: its own switch, and no other, allows %s", (_, input) => {
    expect(checkPolicy(input)).toEqual([]);
    expect(checkPolicy({ ...input, dangerously: {} })).not.toEqual([]);
  });

  it.each([
    ["localhost", "http://localhost:3000"],
    ["a name under localhost", "http://app.localhost"],
    ["127.0.0.0/8", "http://127.9.8.7:*"],
    ["the IPv6 loopback address", "http://[::1]:*"],
    ["an app scheme", "capacitor://localhost"],
    ["a private zone", "https://*.internal"],
  ])("needs no switch for credentials from %s", (_, allowOrigins) => {
    expect(checkPolicy({ allowOrigins, allowCredentials: true })).toEqual([]);
  });

  it("every code of the catalogue is reported by some input", () => {
    const seen = new Set<string>(mistakes.flatMap(([, input]) => checkPolicy(input).map((finding) => finding.code)));
    for (const finding of policyFromEnvironment({ CORS_MAX_AGE: "soon" }).findings) seen.add(finding.code);
    expect(findingCodes.filter((code) => !seen.has(code))).toEqual([]);
  });
});
