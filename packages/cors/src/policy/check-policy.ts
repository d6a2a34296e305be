import type { Finding } from "../finding.ts";
import { type PolicyOptions, readPolicy } from "./read-policy.ts";

/**
 * Finds every mistake in a policy, of whatever shape it is. Never throws.
 *
 * @returns all findings; the policy can be built if none is an `error`
 *
 * @example
 * ```ts
 * import { checkPolicy } from "@corsmith/cors";
 *
 * const [finding] = checkPolicy({ allowOrigins: ["https://app.example.com/"] });
 * console.assert(finding?.code === "origin-trailing-slash");
 * console.assert(finding?.path === "allowOrigins[0]");
 * console.assert(finding?.fix === "https://app.example.com");
 * ```
 */
export function checkPolicy(input: unknown, options: PolicyOptions = {}): readonly Finding[] {
  try {
    return readPolicy(input, options).findings;
  } catch (error) {
    // Only an input with code in it (a getter, a proxy) or a faulty isPublicSuffix can throw here.
    const message = `The policy could not be read: ${error instanceof Error ? error.message : String(error)}`;
    return [
      { code: "policy-not-an-object", severity: "error", path: "", value: undefined, message, fix: "Give plain data." },
    ];
  }
}
