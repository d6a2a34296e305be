import { describe, expect, it } from "vitest";
import { decide, definePolicy, type RequestFacts } from "../../src/index.ts";

const app = "https://app.example.com";
const host = "api.example.com";
const policy = definePolicy({ allowOrigins: [app], crossOriginProtection: true });

/**
 * The algorithm in its simplest words, written from its description and not from our code: safe methods pass; `Sec-Fetch-Site` is
 * believed if it is there; else `Origin` is compared with `Host`; a trusted origin passes wherever it would be refused.
 */
function expected({ method, origin, host: own, fetchSite, upgrade }: RequestFacts): "passes" | "is refused" {
  if (!upgrade && ["GET", "HEAD", "OPTIONS"].includes(method)) return "passes";
  if (origin === app) return "passes";
  if (fetchSite) return fetchSite === "same-origin" || fetchSite === "none" ? "passes" : "is refused";
  if (!origin) return "passes";
  return URL.canParse(String(origin)) && new URL(String(origin)).host === own ? "passes" : "is refused";
}

const methods = [
  "GET",
  "HEAD",
  "OPTIONS",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "TRACE",
  "CONNECT",
  "post",
  "get",
  "PURGE",
  "",
];
const sites = [
  undefined,
  "",
  "same-origin",
  "none",
  "same-site",
  "cross-site",
  "cross-origin",
  "Same-Origin",
  "same-origin, none",
];
const origins = [
  undefined,
  "",
  app,
  "null",
  "https://evil.example",
  `https://${host}`,
  `http://${host}`,
  `https://${host}:8443`,
  `https://sub.${host}`,
  `https://${host}.evil.example`,
  `xx${host}`,
  "https://xn--nxasmq6b.example",
];
const hosts = [host, `${host}:8443`, "app.example.com", undefined];

const rows = methods.flatMap((method) =>
  sites.flatMap((fetchSite) =>
    origins.flatMap((origin) =>
      hosts.flatMap((own) =>
        [false, true].map((upgrade): RequestFacts => ({ method, origin, fetchSite, host: own, upgrade })),
      ),
    ),
  ),
);

describe("S102: crossOriginProtection against its algorithm", () => {
  it("holds for every combination of method, Sec-Fetch-Site, Origin, Host and upgrade", () => {
    const wrong = rows.filter(
      (facts) => (decide(policy, facts).status === undefined ? "passes" : "is refused") !== expected(facts),
    );
    expect(rows.length).toBe(11_232);
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  it("has both outcomes among the combinations, and refuses by 403 alone", () => {
    const statuses = new Set(rows.map((facts) => decide(policy, facts).status));
    expect(statuses).toEqual(new Set([undefined, 403]));
  });

  it.each<readonly [string, RequestFacts, "passes" | "is refused"]>([
    [
      "a safe method from anywhere",
      { method: "GET", origin: "https://evil.example", fetchSite: "cross-site", host },
      "passes",
    ],
    [
      "a form of the API's own page",
      { method: "POST", origin: `https://${host}`, fetchSite: "same-origin", host },
      "passes",
    ],
    ["a request that the user typed", { method: "POST", fetchSite: "none", host }, "passes"],
    ["another site, its origin hidden", { method: "POST", fetchSite: "cross-site", host }, "is refused"],
    [
      "a subdomain that is not named",
      { method: "POST", origin: `https://sub.${host}`, fetchSite: "same-site", host },
      "is refused",
    ],
    [
      "the plain-http twin of the API's own host",
      { method: "POST", origin: `http://${host}`, fetchSite: "cross-site", host },
      "is refused",
    ],
    ["a relation that no standard knows", { method: "POST", fetchSite: "cousin-site", host }, "is refused"],
    ["a trusted origin", { method: "POST", origin: app, fetchSite: "cross-site", host }, "passes"],
    ["an old browser on the API's own page", { method: "POST", origin: `https://${host}`, host }, "passes"],
    ["an old browser on another site", { method: "POST", origin: "https://evil.example", host }, "is refused"],
    ["a program that is no browser", { method: "POST", host }, "passes"],
    ["a text that only ends as the host does", { method: "POST", origin: `xx${host}`, host }, "is refused"],
  ])("%s", (_, facts, outcome) => {
    expect(decide(policy, facts).status === undefined ? "passes" : "is refused").toBe(outcome);
    expect(expected(facts)).toBe(outcome);
  });

  it("does not touch a policy without it", () => {
    const open = definePolicy({ allowOrigins: [app] });
    const refused = rows.filter((facts) => decide(open, facts).status !== undefined);
    expect(refused).toEqual([]);
  });

  it("calls the API's own page by its name, also where the user began the request by hand", () => {
    const facts: RequestFacts = { method: "POST", origin: `https://${host}`, fetchSite: "none", host };
    expect(decide(policy, facts)).toMatchObject({ reason: "not-cross-origin", status: undefined });
    expect(decide(policy, { ...facts, origin: "https://evil.example" })).toMatchObject({
      reason: "origin-refused",
      status: undefined,
    });
  });

  it("calls a page of the other scheme cross-site, if the browser does", () => {
    const facts: RequestFacts = { method: "GET", origin: `http://${host}`, fetchSite: "cross-site", host };
    expect(decide(policy, facts).reason).toBe("origin-refused");
    expect(decide(policy, { ...facts, fetchSite: undefined }).reason).toBe("not-cross-origin");
  });
});
