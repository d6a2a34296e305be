import { parseNameList } from "../http/list.ts";
import { isSafelistedMethod } from "../http/methods.ts";
import { isToken } from "../http/token.ts";
import { type CompiledPolicy, compiled, type Policy } from "../policy/policy.ts";
import type { Allowed, Decision, DecisionTerms, Reason, RequestFacts } from "./decision.ts";
import { isOwnPage, refusesUnprotected } from "./protection.ts";

/**
 * Decides a request: the server's half of the CORS protocol. Pure and synchronous; it never throws.
 *
 * A request is a preflight if it is `OPTIONS`, has an `Origin` and has `Access-Control-Request-Method`; every other `OPTIONS` is the
 * application's. The method of an actual request is not compared with `allowMethods`: the browser has done that, by the preflight.
 *
 * With a policy that has an `originLookup`, use `decideWithLookup`; here an origin that only the lookup knows is refused as
 * `origin-lookup-failed`, unless `request.lookup` says what it came to.
 *
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
export function decide(policy: Policy, request: RequestFacts): Decision {
  const terms = policy[compiled];
  if (request.origin === undefined) return decideWithoutOrigin(terms, request);
  const preflight = request.method === "OPTIONS" && request.requestMethod !== undefined;
  const origin = soleOrigin(request.origin);
  const verdict = originVerdict(terms, origin, request);
  if (verdict !== "allowed") return refuseOrigin(terms, request, preflight, origin, verdict);
  const allowOrigin = terms.anyOrigin ? "*" : origin;
  return preflight
    ? decidePreflight(terms, request, origin, allowOrigin)
    : actualDecision("allowed", terms, origin, allowOrigin, undefined);
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
    ? refusedPreflight(reason, terms, origin)
    : actualDecision(
        reason,
        terms,
        origin,
        undefined,
        terms.protection && refusesUnprotected(request) ? 403 : undefined,
      );
  return verdict === "malformed" ? { ...refused, reason: "malformed", field: "origin" } : refused;
}

/** @see https://fetch.spec.whatwg.org/#cors-preflight-fetch */
function decidePreflight(
  terms: CompiledPolicy,
  request: RequestFacts,
  origin: string | undefined,
  allowOrigin: string | undefined,
): Decision {
  const method = request.requestMethod ?? "";
  const list = parseNameList(request.requestHeaders);
  const methodOk = isToken(method);
  const names = "names" in list ? list.names : none;
  const allowed = allowedPreflight(terms, origin, allowOrigin, methodOk ? method : undefined, names);
  if (!methodOk) return { ...allowed, reason: "malformed", field: "access-control-request-method" };
  if ("fault" in list) return { ...allowed, reason: "malformed", field: "access-control-request-headers" };
  if (!terms.anyMethod && !isSafelistedMethod(method) && !terms.methods.has(method)) {
    return { ...allowed, reason: "method-refused", method };
  }
  const refused = refusedNames(terms, names);
  return refused === none ? allowed : { ...allowed, reason: "headers-refused", names: refused };
}

const none: readonly string[] = [];

/** The names that are not allowed, each once; `none` itself if there are none. */
function refusedNames(terms: CompiledPolicy, names: readonly string[]): readonly string[] {
  let refused: Set<string> | undefined;
  for (const name of names) {
    if (!allowsHeader(terms, name)) refused = (refused ?? new Set()).add(name);
  }
  return refused === undefined ? none : [...refused];
}

/** `*` never covers `authorization`. @see https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name */
function allowsHeader(terms: CompiledPolicy, name: string): boolean {
  return terms.headers.has(name) || (terms.anyHeader && name !== "authorization");
}

/** One literal, the reason in it: to copy the terms into a decision would cost more than all the rest of it. */
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

/**
 * A refused origin learns nothing, by 403. A refused method or header of an allowed origin gets the lists of what is allowed, with an
 * ok status: only then can the browser's console name the rule that refused.
 *
 * @see https://fetch.spec.whatwg.org/#http-responses
 */
function allowedPreflight(
  terms: CompiledPolicy,
  origin: string | undefined,
  allowOrigin: string | undefined,
  method: string | undefined,
  names: readonly string[],
): Allowed {
  return {
    reason: "allowed",
    preflight: true,
    status: terms.preflightStatus,
    origin,
    allowOrigin,
    allowCredentials: terms.allowCredentials,
    allowMethods: terms.anyMethod && terms.allowCredentials ? method : terms.allowMethodsValue,
    allowHeaders: terms.anyHeader ? spelledOut(terms, names) : terms.allowHeadersValue,
    exposeHeaders: undefined,
    maxAge: terms.maxAgeValue,
    vary: terms.varyPreflight,
  };
}

function refusedPreflight<Why extends Reason>(
  reason: Why,
  terms: CompiledPolicy,
  origin: string | undefined,
): DecisionTerms & { readonly reason: Why } {
  return {
    reason,
    preflight: true,
    status: 403,
    origin,
    allowOrigin: undefined,
    allowCredentials: false,
    allowMethods: undefined,
    allowHeaders: undefined,
    exposeHeaders: undefined,
    maxAge: undefined,
    vary: terms.varyPreflight,
  };
}

/**
 * `*` means any name only without credentials, and today's engines let it cover `authorization`, which the standard does not. In both
 * cases the names that were asked for and are allowed are written out instead: valid tokens, in lower case, each once.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-allow-headers
 */
function spelledOut(terms: CompiledPolicy, names: readonly string[]): string | undefined {
  const literal = !terms.allowCredentials && (terms.headers.has("authorization") || !names.includes("authorization"));
  if (literal) return terms.allowHeadersValue;
  const allowed = new Set(names.filter((name) => allowsHeader(terms, name)));
  return allowed.size === 0 ? undefined : [...allowed].join(", ");
}
