import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effort } from "../../../../tests/support/effort.ts";
import { CorsPreflightCache, type Engine, type Header, openPage, type Trace } from "../../src/browser/index.ts";
import { type Decision, decideWithLookup, definePolicy, type Policy, type PolicyInput } from "../../src/index.ts";
import { transportFromPolicy } from "../../src/testing/index.ts";
import { pagePolicies } from "./page-policies.ts";
import { apiOrigin, type PageRequest, pageRequestMaker } from "./page-requests.ts";

/** 2,000 policies with 500 requests each are a million pairs; the short form tries a tenth of them. */
const policiesTried = effort(2_000);
const requestsEach = 500;

const url = `${apiOrigin}/orders`;
const answer: readonly Header[] = [
  ["Content-Type", "text/plain"],
  ["X-Request-Id", "1"],
  ["ETag", '"2"'],
  ["X-Hidden", "3"],
  ["Set-Cookie", "sid=4"],
];
const transportAnswer = { status: 201, headers: answer, body: "made" };

/** Whose pages: the standard's for most, real engines' for the rest. */
function engineOf(index: number): Engine {
  const engines = ["chromium", "firefox", "webkit"] as const;
  return index % 8 === 0 ? (engines[(index / 8) % 3] ?? "standard") : "standard";
}

describe("the browser's half against the server's half, on generated pairs of policy and request", () => {
  test("a page reads what the server allows, and nothing else", { timeout: 600_000 }, async () => {
    const counts = new Map<string, number>();
    let tried = 0;
    const property = fc.asyncProperty(pagePolicies, fc.integer({ min: 1, max: 2 ** 31 }), async (input, seed) => {
      await tryPolicy(input, seed, tried % 2 === 0, counts);
      tried += 1;
    });
    await fc.assert(property, policiesTried);
    const reached = [...counts].map(([what, count]) => `${what} ${count}`);
    process.stdout.write(`${tried * requestsEach} pairs: ${reached.sort().join(", ")}\n`);
    expect(tried).toBe(policiesTried.numRuns);
    for (const often of oftenReached) expect(counts.get(often), often).toBeGreaterThan((tried * requestsEach) / 500);
    expect([...counts.keys()].filter((what) => !oftenReached.includes(what))).toEqual([]);
  });
});

/** With `sharing`, the pages share what preflights permitted: no pair may come out otherwise for it. */
async function tryPolicy(
  input: PolicyInput,
  seed: number,
  sharing: boolean,
  counts: Map<string, number>,
): Promise<void> {
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const policy = definePolicy(input);
  const transport = transportFromPolicy(policy, transportAnswer);
  const cache = sharing ? { preflightCache: new CorsPreflightCache() } : {};
  const next = pageRequestMaker(seed, input, !sharing);
  for (let index = 0; index < requestsEach; index += 1) {
    const request = next();
    const engine = sharing ? "standard" : engineOf(index);
    const page = openPage({ origin: request.origin, engine, transport, ...cache });
    const init = { ...request.init, headers: request.init.headers.map(([...line]): [string, string] => line) };
    const trace = await page.trace(url, init);
    const expected = await expectation(policy, request);
    compare(input, request, trace, expected);
    if (index % 50 === 0) await compareFetch(page.fetch(url, init), trace);
    count(expected.decision.reason);
    count(trace.outcome === "error" ? trace.code : trace.response.type);
  }
}

/** Every kind of decision, every way in which a policy can make a fetch fail, and what a page gets otherwise. Nothing else may come. */
const oftenReached: readonly string[] = [
  ...["not-cross-origin", "allowed", "origin-refused", "method-refused", "headers-refused"],
  ...["origin-lookup-failed", "malformed"],
  ...["missing-allow-origin", "preflight-missing-allow-origin"],
  ...["wildcard-origin-with-credentials", "preflight-wildcard-origin-with-credentials"],
  ...["allow-credentials-not-true", "preflight-allow-credentials-not-true"],
  // By the engines that look at the status before anything else.
  "preflight-status-not-ok",
  ...["method-not-allowed", "method-case-mismatch", "header-not-allowed"],
  ...["cors", "basic", "opaque"],
];

/** What the server's half says. */
interface Expectation {
  /** Of the preflight if it decides, of the request itself otherwise. */
  readonly decision: Decision;
  readonly readable: boolean;
  readonly exposed: string | undefined;
}

async function expectation(policy: Policy, request: PageRequest): Promise<Expectation> {
  const { origin, method, unsafeNames, init, needsPreflight, sameOrigin } = request;
  const host = apiOrigin.slice("https://".length);
  const sendsOrigin = !sameOrigin || !(method === "GET" || method === "HEAD");
  const sent = init.mode === "no-cors" && (method === "GET" || method === "HEAD") ? undefined : origin;
  const actual = await decideWithLookup(policy, { method, host, origin: sendsOrigin ? sent : undefined });
  if (sameOrigin) return { decision: actual, readable: actual.status === undefined, exposed: undefined };
  if (init.mode === "no-cors") return { decision: actual, readable: false, exposed: undefined };
  const preflight = await decideWithLookup(policy, {
    method: "OPTIONS",
    host,
    origin,
    requestMethod: method,
    ...(unsafeNames.length === 0 ? {} : { requestHeaders: unsafeNames.join(",") }),
  });
  const decision = needsPreflight && preflight.reason !== "allowed" ? preflight : actual;
  const readable = decision.reason === "allowed" && (init.credentials !== "include" || decision.allowCredentials);
  return { decision, readable, exposed: actual.exposeHeaders };
}

/** Written without matchers, which would cost more than what they compare. */
function compare(input: PolicyInput, request: PageRequest, trace: Trace, expected: Expectation): void {
  const readable = trace.outcome === "ok" && trace.response.type !== "opaque";
  const seen = readable ? trace.response.headers.map(([name]) => name).join() : "";
  const promised = expected.readable ? promisedHeaders(request, trace, expected).join() : "";
  if (readable === expected.readable && seen === promised) return;
  expect({ readable, seen, input, request, trace }).toEqual({ readable: expected.readable, seen: promised, expected });
}

const safelisted = ["content-type"];

/** The names that a script sees: all but cookies on its own origin and under `*`, otherwise the safelist and what is named. */
function promisedHeaders({ sameOrigin }: PageRequest, trace: Trace, { exposed }: Expectation): readonly string[] {
  const lines = trace.exchanges.at(-1)?.response?.headers ?? [];
  const names = lines.map(([name]) => name.toLowerCase()).filter((name) => name !== "set-cookie");
  if (sameOrigin || exposed === "*") return [...new Set(names)].sort();
  const named = (exposed ?? "").split(", ");
  return names.filter((name) => safelisted.includes(name) || named.includes(name)).sort();
}

/** What `fetch` gives is what the trace tells. */
async function compareFetch(fetching: Promise<Response>, trace: Trace): Promise<void> {
  const told = trace.outcome === "error" ? { code: trace.code } : { type: trace.response.type, body: bodyOf(trace) };
  const got = await fetching.then(
    async (response) => ({ type: response.type, body: await response.text() }),
    (error: TypeError) => ({ code: (error.cause as { readonly code: string }).code }),
  );
  if (JSON.stringify(got) !== JSON.stringify(told)) expect(got).toEqual(told);
}

function bodyOf(trace: Trace): string {
  const isHead = trace.exchanges.at(-1)?.request.method === "HEAD";
  return isHead || (trace.outcome === "ok" && trace.response.type === "opaque") ? "" : "made";
}
