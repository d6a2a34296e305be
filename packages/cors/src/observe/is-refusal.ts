import type { Reason } from "../decide/decision.ts";

/**
 * Did the policy refuse something? Not where CORS has nothing to say (`not-cross-origin`), nor where it is the application's own affair
 * (`no-policy`).
 *
 * @example
 * ```ts
 * import { decide } from "@corsmith/cors";
 * import { isRefusal } from "@corsmith/cors/observe";
 *
 * console.assert(!isRefusal(decide(false, { method: "GET", origin: "https://any.example" }).reason));
 * console.assert(isRefusal("origin-refused"));
 * ```
 */
export function isRefusal(reason: Reason): boolean {
  return reason !== "allowed" && !isUndecided(reason);
}

/** Was there nothing for a policy to decide? */
export function isUndecided(reason: Reason): boolean {
  return reason === "not-cross-origin" || reason === "no-policy";
}
