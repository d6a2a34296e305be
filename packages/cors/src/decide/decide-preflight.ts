import { parseNameList } from "../http/list.ts";
import { isSafelistedMethod } from "../http/methods.ts";
import { isToken } from "../http/token.ts";
import type { CompiledPolicy } from "../policy/policy.ts";
import type { Allowed, Decision, RequestFacts } from "./decision.ts";

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
  const literal = !terms.allowCredentials && (terms.headers.has("authorization") || !names.includes("authorization"));
  if (literal) return terms.allowHeadersValue;
  const allowed = new Set(names.filter((name) => allowsHeader(terms, name)));
  return allowed.size === 0 ? undefined : [...allowed].join(", ");
}
