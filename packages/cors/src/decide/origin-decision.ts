import type { CompiledPolicy } from "../policy/policy.ts";
import type { DecisionTerms, Reason } from "./decision.ts";

/**
 * The decision on an actual request, which depends on its origin alone. One literal, the reason in it: to copy the terms into a decision
 * would cost more than all the rest of it.
 */
export function actualDecision<Why extends Reason>(
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
 * The decision on a preflight of an origin that is not allowed: it learns nothing, by 403.
 *
 * @see https://fetch.spec.whatwg.org/#http-responses
 */
export function refusedPreflight<Why extends Reason>(
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
