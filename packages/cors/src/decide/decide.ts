import { assertPolicy, type CompiledPolicy, compiled, type Policy } from "../policy/policy.ts";
import { decidePreflight, grantNothing } from "./decide-preflight.ts";
import type { Decision, DecisionTerms, Reason, RequestFacts } from "./decision.ts";
import { isOwnPage, refusesUnprotected } from "./protection.ts";

/**
 * Decides a request: the server's half of the CORS protocol. Pure and synchronous; whatever the request holds, it does not throw.
 *
 * A request is a preflight if it is `OPTIONS`, has an `Origin` and has `Access-Control-Request-Method`; every other `OPTIONS` is the
 * application's. The method of an actual request is not compared with `allowMethods`: the browser has done that, by the preflight.
 *
 * A policy of `false` decides nothing: the reason is `no-policy`, and the application's answer stays as it is.
 *
 * With a policy that has an `originLookup`, use `decideWithLookup`; here an origin that only the lookup knows is refused as
 * `origin-lookup-failed`, unless `request.lookup` says what it came to.
 *
 * @throws {TypeError} if it is not a policy, or one of a version of the library that compiles otherwise
 * @see https://fetch.spec.whatwg.org/#cors-preflight-request
 *
 * @example
 * ```ts
 * import { decide, definePolicy } from "@corsmith/cors";
 *
 * const policy = definePolicy({ allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] });
 * const decision = decide(policy, { method: "OPTIONS", origin: "https://app.example.com", requestMethod: "DELETE" });
 * console.assert(decision.reason === "method-refused");
 * console.assert(decision.allowMethods === "PUT");
 * ```
 */
export function decide(policy: Policy | false, request: RequestFacts): Decision {
  if (policy === false) return withoutPolicy(request);
  const terms = assertPolicy(policy)[compiled];
  if (request.origin === undefined) return decideWithoutOrigin(terms, request);
  const preflight = isPreflight(request);
  const origin = soleOrigin(request.origin);
  const verdict = originVerdict(terms, origin, request);
  if (verdict !== "allowed") return refuseOrigin(terms, request, preflight, origin, verdict);
  const allowOrigin = terms.anyOrigin ? "*" : origin;
  return preflight
    ? decidePreflight(terms, request, origin, allowOrigin)
    : actualDecision("allowed", terms, origin, allowOrigin, undefined);
}

/** @see https://fetch.spec.whatwg.org/#cors-preflight-request */
function isPreflight({ method, origin, requestMethod }: RequestFacts): boolean {
  return method === "OPTIONS" && origin !== undefined && requestMethod !== undefined;
}

/** Several lines are no origin, even if they are alike. */
function soleOrigin(origin: string | readonly string[]): string | undefined {
  if (typeof origin === "string") return origin;
  return origin.length === 1 ? origin[0] : undefined;
}

type OriginVerdict = "allowed" | "refused" | "malformed" | "lookup-failed";

function originVerdict(terms: CompiledPolicy, origin: string | undefined, request: RequestFacts): OriginVerdict {
  // Any origin is any: what stands in the header cannot change the answer, so the answer needs no Vary.
  if (terms.anyOrigin) return "allowed";
  if (origin === undefined) return "malformed";
  const match = terms.matcher.match(origin);
  if (match === "match") return "allowed";
  if (match === "not-an-origin") return "malformed";
  if (terms.lookup === undefined || origin === "null") return "refused";
  if (request.lookup === "allowed" || request.lookup === "refused") return request.lookup;
  return "lookup-failed";
}

/**
 * An any-origin answer says `*` to everybody, so that one stored answer serves all. Every browser sends `Origin` with an unsafe
 * cross-site request; one that says it is cross-site and hides its origin is refused where the protection is on.
 */
function decideWithoutOrigin(terms: CompiledPolicy, request: RequestFacts): Decision {
  if (terms.protection && refusesUnprotected(request)) {
    return actualDecision("origin-refused", terms, undefined, undefined, 403);
  }
  return actualDecision("not-cross-origin", terms, undefined, terms.anyOrigin ? "*" : undefined, undefined);
}

function refuseOrigin(
  terms: CompiledPolicy,
  request: RequestFacts,
  preflight: boolean,
  origin: string | undefined,
  verdict: Exclude<OriginVerdict, "allowed">,
): Decision {
  if (!preflight && isOwnPage(origin, request))
    return actualDecision("not-cross-origin", terms, origin, undefined, undefined);
  const reason = verdict === "lookup-failed" ? "origin-lookup-failed" : "origin-refused";
  const refused = preflight
    ? grantNothing(reason, { preflight, status: 403, origin, vary: terms.varyPreflight })
    : actualDecision(
        reason,
        terms,
        origin,
        undefined,
        terms.protection && refusesUnprotected(request) ? 403 : undefined,
      );
  return verdict === "malformed" ? { ...refused, reason: "malformed", field: "origin" } : refused;
}

/**
 * Decides a request, and asks the policy's `originLookup` if the policy itself does not know the origin. Synchronous whenever nothing
 * has to be awaited; the promise never rejects. Every adapter decides by this.
 *
 * @example
 * ```ts
 * import { decideWithLookup, definePolicy } from "@corsmith/cors";
 *
 * const tenants = new Set(["https://one.example", "https://two.example"]);
 * const policy = definePolicy({ originLookup: { find: async (origin) => tenants.has(origin) } });
 * const decision = await decideWithLookup(policy, { method: "GET", origin: "https://two.example" });
 * console.assert(decision.allowOrigin === "https://two.example");
 * ```
 */
export function decideWithLookup(policy: Policy | false, request: RequestFacts): Decision | Promise<Decision> {
  const decision = decide(policy, request);
  if (policy === false || decision.reason !== "origin-lookup-failed") return decision;
  const { lookup } = policy[compiled];
  if (lookup === undefined || decision.origin === undefined) return decision;
  const verdict = lookup.ask(decision.origin);
  if (typeof verdict === "string") return decide(policy, { ...request, lookup: verdict });
  return verdict.then((found) => decide(policy, { ...request, lookup: found }));
}

/**
 * The decision on an actual request, which depends on its origin alone. One literal, the reason in it: to copy the terms into a decision
 * would cost more than all the rest of it.
 */
function actualDecision<Why extends Reason>(
  reason: Why,
  terms: CompiledPolicy,
  origin: string | undefined,
  allowOrigin: string | undefined,
  status: 403 | undefined,
): DecisionTerms & { readonly reason: Why } {
  return {
    reason,
    preflight: false,
    status,
    origin,
    allowOrigin,
    allowCredentials: allowOrigin !== undefined && terms.allowCredentials,
    allowMethods: undefined,
    allowHeaders: undefined,
    exposeHeaders: allowOrigin === undefined ? undefined : terms.exposeHeadersValue,
    maxAge: undefined,
    vary: terms.varyActual,
  };
}

/** The decision where there is no policy: nothing is granted, nothing is refused, and no cache has to know of it. */
function withoutPolicy(request: RequestFacts): Decision {
  const origin = request.origin === undefined ? undefined : soleOrigin(request.origin);
  return grantNothing("no-policy", { preflight: isPreflight(request), status: undefined, origin, vary: undefined });
}

/**
 * The decision on a request whose headers the host did not hand over in a form that can be read. Whether it came from a page is not known,
 * so it is taken for one of a foreign page, and never reaches the application.
 */
export function decideUnreadable(): Decision {
  const facts = { preflight: false, status: 403, origin: undefined, vary: undefined } as const;
  return { ...grantNothing("malformed", facts), field: "headers" };
}
