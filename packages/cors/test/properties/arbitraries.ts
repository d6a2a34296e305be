import fc from "fast-check";
import { checkPolicy, type PolicyInput, type RequestFacts } from "../../src/index.ts";

/** A small world of names, so that near-misses are as common as hits. */
const hosts = [
  "a.com",
  "b.com",
  "ab.com",
  "x.a.com",
  "y.x.a.com",
  "a.com.b.com",
  "localhost",
  "127.0.0.1",
  "[::1]",
  "xn--bcher-kva.example",
];
const schemes = ["https", "http", "capacitor"];
const ports = ["", ":8080", ":80", ":443", ":*"];
const methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "patch", "PURGE", "*"];
const headerNames = ["x-a", "x-b", "content-type", "authorization", "*"];
const exposed = ["x-request-id", "etag"];

const entry = fc
  .tuple(
    fc.constantFrom(...schemes),
    fc.constantFrom("", "*.", "x-*.", "*-a.", "x*a."),
    fc.constantFrom(...hosts),
    fc.constantFrom(...ports),
  )
  .map(([scheme, wildcard, host, port]) => `${scheme}://${wildcard}${host}${port}`)
  .filter((text) => checkPolicy({ allowOrigins: text }).length === 0);

/** Policies in canonical form that build. */
export const policies: fc.Arbitrary<PolicyInput> = fc
  .record(
    {
      allowOrigins: fc.oneof(
        { weight: 1, arbitrary: fc.constant(["*"]) },
        { weight: 6, arbitrary: fc.uniqueArray(entry, { minLength: 1, maxLength: 8 }) },
      ),
      allowCredentials: fc.boolean(),
      allowMethods: fc.uniqueArray(fc.constantFrom(...methods), { maxLength: 4 }),
      allowHeaders: fc.uniqueArray(fc.constantFrom(...headerNames), { maxLength: 4 }),
      exposeHeaders: fc.uniqueArray(fc.constantFrom(...exposed), { maxLength: 2 }),
      maxAge: fc.integer({ min: 0, max: 86_400 }),
    },
    { requiredKeys: ["allowOrigins"] },
  )
  .map(canonical)
  .filter((policy) => checkPolicy(policy).every((finding) => finding.severity === "warning"));

/** The naive reference takes lists as they are read back; `*` there says all that stands beside it. */
function canonical(policy: PolicyInput): PolicyInput {
  const dangerously = { allowInsecureOrigins: true, allowAnyPortWithCredentials: true };
  const allowMethods = policy.allowMethods?.includes("*") ? ["*"] : (policy.allowMethods ?? []);
  const wide = policy.allowHeaders?.includes("*");
  const allowHeaders = wide
    ? ["*", "authorization"].filter((name) => policy.allowHeaders?.includes(name))
    : (policy.allowHeaders ?? []);
  return { ...policy, allowMethods, allowHeaders, dangerously };
}

const junk = [
  "",
  "null",
  "NULL",
  "*",
  "https://a.com/",
  "https://A.com",
  "https://a.com, https://a.com",
  "https://a.com:0",
  "https://a.com:99999",
  "https://evil.net/.a.com",
  "https://.a.com",
  "https://x..a.com",
  "https://a.com.",
  "https://x.127.0.0.1",
  "https://ä.a.com",
  "__proto__",
  "https://a.com\u0000",
  "http://127.1",
  "http://[0:0:0:0:0:0:0:1]",
];
const labels = ["x", "y", "evil", "a", "com", "b", "x-a", "_", "-", "1"];
/** What may stand where a pattern has its star, and what may not. */
const inTheStar = [...labels, "", ".", "y.x", "x-", "%2e", "ä", "A"];
const badNames = ["x y", "x:y", "ä", "", "\u0000", '"x"'];

/** Draws from a seed: quick, and the same on every machine. */
export interface Draw {
  below(most: number): number;
  pick<T>(from: readonly T[]): T;
}

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0 || 1;
  const below = (most: number): number => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % most;
  };
  return { below, pick: <T>(from: readonly T[]): T => from[below(from.length)] as T };
}

/** An origin, more often than not near an entry of the policy: a random one hardly ever hits any. */
export function originNear(draw: Draw, policy: PolicyInput): string {
  const { below: random, pick } = draw;
  const kind = random(8);
  if (kind === 0) return pick(junk);
  if (kind < 5) {
    return pick([policy.allowOrigins ?? []].flat())
      .replace(":*", pick(["", ":8080", ":1"]))
      .replace("*", pick(inTheStar));
  }
  const prefix = Array.from({ length: random(3) }, () => `${pick(labels)}.`).join("");
  const port = random(3) === 0 ? `:${pick([80, 443, 8080, 1, 65_535])}` : "";
  return `${pick(schemes)}://${prefix}${pick(hosts)}${port}`;
}

/** A cheap generator of requests from a seed: a million of them must fit into the time of a test. */
export function requestMaker(seed: number, policy: PolicyInput): () => RequestFacts {
  const draw = drawFrom(seed);
  const { below: random, pick } = draw;
  const names = (): string => {
    const list = Array.from({ length: random(5) }, () => (random(12) === 0 ? pick(badNames) : pick(headerNames)));
    return list.map((name) => (random(4) === 0 ? ` ${name.toUpperCase()}\t` : name)).join(",");
  };
  const origins = (): RequestFacts["origin"] => {
    const kind = random(40);
    if (kind < 2) return undefined;
    return kind < 4 ? [originNear(draw, policy), originNear(draw, policy)] : originNear(draw, policy);
  };
  const requestMethod = (): string | undefined => {
    const kind = random(12);
    if (kind < 2) return undefined;
    return kind === 2 ? pick(badNames) : pick(methods);
  };
  const requestHeaders = (): RequestFacts["requestHeaders"] => {
    const kind = random(8);
    if (kind < 2) return undefined;
    return kind === 2 ? [names(), names()] : names();
  };
  return () => ({
    method: random(3) === 0 ? pick(["GET", "POST", "PUT", "DELETE", "options"]) : "OPTIONS",
    origin: origins(),
    requestMethod: requestMethod(),
    requestHeaders: requestHeaders(),
  });
}
