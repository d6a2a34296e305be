import { type OriginPattern, splitLabel } from "../origin/origin-pattern.ts";
import { parseOrigin } from "../origin/parse-origin.ts";
import { compilePolicy } from "./compile-policy.ts";
import { assertPolicy, type Policy } from "./policy.ts";

export type { Policy } from "./policy.ts";

/** A policy that was checked, as data: it can be written as JSON and bundled with a program. */
export interface SealedPolicy {
  /** The policy in canonical form: a policy file, as it stands. */
  readonly policy: Omit<Policy, "originLookup">;
  /** Shows that it has not been edited since. Not a signature: who can change the program can change this too. */
  readonly seal: string;
}

/**
 * Seals a policy while a program is built, so that the program can take it up again by `restorePolicy` and leave out the checks.
 *
 * @throws {TypeError} if it is no policy, or has an `originLookup`: code cannot be written down
 *
 * @example
 * ```ts
 * import { definePolicy } from "@corsmith/cors";
 * import { restorePolicy, sealPolicy } from "@corsmith/cors/sealed";
 *
 * const sealed = JSON.stringify(sealPolicy(definePolicy({ allowOrigins: ["https://app.example.com"] })));
 * console.assert(restorePolicy(JSON.parse(sealed)).allowOrigins[0] === "https://app.example.com");
 * ```
 */
export function sealPolicy(policy: Policy): SealedPolicy {
  const { originLookup, ...plain } = assertPolicy(policy);
  if (originLookup !== undefined) {
    throw new TypeError(
      "A policy with an originLookup cannot be sealed: it is code. Give the adapter's cors the policy as it is.",
    );
  }
  return { policy: plain, seal: sealOf(plain) };
}

/**
 * Takes up a policy that `sealPolicy` sealed. Nothing is checked again, so whatever was edited since is refused: the checks are part of
 * making the seal, and there is no other way to one.
 *
 * @param sealed what `sealPolicy` returned, from JSON
 * @throws {TypeError} if it is not what was sealed, by this version of the seal
 *
 * @example
 * ```ts
 * import { restorePolicy } from "@corsmith/cors/sealed";
 *
 * const byHand = { policy: { allowOrigins: ["*"], allowCredentials: true }, seal: "" };
 * try {
 *   restorePolicy(byHand);
 *   console.assert(false, "never reached");
 * } catch (error) {
 *   console.assert(error instanceof TypeError);
 * }
 * ```
 */
export function restorePolicy(sealed: unknown): Policy {
  const { policy, seal } = (sealed ?? {}) as Partial<SealedPolicy>;
  if (policy === undefined || seal !== sealOf(policy)) {
    throw new TypeError("This policy is not as it was sealed. Change its source, and seal that with sealPolicy.");
  }
  return compilePolicy({ ...policy, origins: policy.allowOrigins.map(readCanonical) });
}

/** An entry in its canonical form, which a checked policy has. */
function readCanonical(entry: string): OriginPattern {
  if (entry === "*") return { kind: "any" };
  const anyPort = entry.endsWith(":*");
  const tuple = anyPort ? entry.slice(0, -2) : entry;
  // Any letter will do in the wildcard's place: it is as long, and taken off again.
  const parts = parseOrigin(tuple.replace("*", "x"));
  if (parts === undefined) return { kind: "null" };
  const { scheme } = parts;
  const start = scheme.length + 3;
  const { label, host } = splitLabel(tuple.slice(start, start + parts.host.length));
  if (label === undefined && !anyPort) return { kind: "exact", ...parts };
  return { kind: "pattern", scheme, label, host, port: anyPort ? "*" : parts.port };
}

/**
 * The seal of what was checked: the version of the checks, and a hash of the text, a polynomial over a prime. A later version that checks
 * more gets another number, so that what an earlier one let pass must be sealed again. The hash shows an edit; it does not withstand a forger.
 */
function sealOf(policy: SealedPolicy["policy"]): string {
  const text = JSON.stringify(policy);
  let hash = 1;
  // The base is over every char code, and base times prime under 2^53, so that every step is exact.
  for (let index = 0; index < text.length; index += 1) hash = (hash * 65_599 + text.charCodeAt(index)) % 68_719_476_731;
  return `2-${hash.toString(36)}`;
}
