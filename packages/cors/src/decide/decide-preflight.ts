import { parseNameList } from "../http/list.ts";
import { isSafelistedMethod } from "../http/methods.ts";
import { isToken } from "../http/token.ts";
import type { CompiledPolicy } from "../policy/policy.ts";
import type { Allowed, Decision, DecisionTerms, Reason, RequestFacts } from "./decision.ts";

/**
 * Decides a preflight of an origin that is allowed: first its method, then its headers, as a browser will.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function decidePreflight(
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
  if ("fault" in list) {
    // What was not read to its end is permitted nothing: `*`, or a very long list, would cover it all the same.
    const allowHeaders = list.fault === "invalid-name" ? allowed.allowHeaders : undefined;
    return { ...allowed, reason: "malformed", field: "access-control-request-headers", allowHeaders };
  }
  if (!terms.anyMethod && !isSafelistedMethod(method) && !terms.methods.has(method)) {
    return { ...allowed, reason: "method-refused", method };
  }
  const refused = refusedNames(terms, names);
  return refused === none ? allowed : { ...allowed, reason: "headers-refused", names: refused };
}

const none: readonly string[] = [];

/** The names that are not allowed, each once; `none` itself if there are none. */
function refusedNames(terms: CompiledPolicy, names: readonly string[]): readonly string[] {
  const literal = terms.anyHeader && isLiteral(terms, names);
  let refused: Set<string> | undefined;
  for (const name of names) {
    if (!allowsHeader(terms, name, literal)) refused = (refused ?? new Set()).add(name);
  }
  return refused === undefined ? none : [...refused];
}

/**
 * `*` never covers `authorization`. A header that is itself called `*` is allowed by a literal `*` only: written out among names, it would
 * mean them all.
 *
 * @see https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
 */
function allowsHeader(terms: CompiledPolicy, name: string, literal: boolean): boolean {
  return terms.headers.has(name) || (terms.anyHeader && name !== "authorization" && (literal || name !== "*"));
}

/**
 * A refused method or header of an allowed origin gets the lists of what is allowed, with an
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

/**
 * `*` means any name only without credentials, and today's engines let it cover `authorization`, which the standard does not. In both
 * cases the names that were asked for and are allowed are written out instead: valid tokens, in lower case, each once.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-allow-headers
 */
function spelledOut(terms: CompiledPolicy, names: readonly string[]): string | undefined {
  if (isLiteral(terms, names)) return terms.allowHeadersValue;
  const allowed = new Set(names.filter((name) => allowsHeader(terms, name, false)));
  return allowed.size === 0 ? undefined : [...allowed].join(", ");
}

/** Does the answer say `*` itself, to a policy that allows any header? */
function isLiteral(terms: CompiledPolicy, names: readonly string[]): boolean {
  return !terms.allowCredentials && (terms.headers.has("authorization") || !names.includes("authorization"));
}

/** A decision that grants nothing: a page learns from the answer that it may not, and no more. */
export function grantNothing<Why extends Reason>(
  reason: Why,
  facts: Pick<DecisionTerms, "preflight" | "status" | "origin" | "vary">,
): DecisionTerms & { readonly reason: Why } {
  return {
    reason,
    preflight: facts.preflight,
    status: facts.status,
    origin: facts.origin,
    allowOrigin: undefined,
    allowCredentials: false,
    allowMethods: undefined,
    allowHeaders: undefined,
    exposeHeaders: undefined,
    maxAge: undefined,
    vary: facts.vary,
  };
}
