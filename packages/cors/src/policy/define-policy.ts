import type { Finding } from "../finding.ts";
import { compilePolicy } from "./compile-policy.ts";
import { startLookup } from "./lookup-runtime.ts";
import type { Policy } from "./policy.ts";
import type { OriginLookup, PolicyInput } from "./policy-input.ts";
import { type PolicyOptions, readPolicy } from "./read-policy.ts";

/**
 * Checks a policy and compiles it. All work that does not need a request is done here, once.
 *
 * @throws {PolicyError} with every finding, if one of them is an error: there is no policy to fall back to
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { decide, definePolicy } from "@corsmith/cors";
 *
 * const policy = definePolicy({ allowOrigins: ["https://app.example.com"], allowCredentials: true });
 * const decision = decide(policy, { method: "GET", origin: "https://evil.example" });
 * console.assert(decision.reason === "origin-refused");
 * ```
 */
export function definePolicy(input: PolicyInput, options: PolicyOptions = {}): Policy {
  const { findings, draft } = readPolicy(input, options);
  if (draft === undefined || findings.some((finding) => finding.severity === "error")) throw new PolicyError(findings);
  const { originLookup } = draft;
  if (originLookup === undefined) return compilePolicy(draft);
  return compilePolicy({ ...draft, originLookup: markedLookup(originLookup) }, startLookup(originLookup));
}

/** Code cannot stand in JSON: there, the lookup says that it was one, and building from it is refused by name. */
function markedLookup(lookup: OriginLookup): OriginLookup {
  const marked = { ...lookup };
  const { find: _find, ...limits } = lookup;
  Object.defineProperty(marked, "toJSON", { value: () => ({ find: "[function]", ...limits }) });
  return Object.freeze(marked);
}

/** Thrown by `definePolicy`: carries every mistake, not only the first. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
  readonly code = "policy-invalid";
  /** All findings, warnings too; at least one is an error. */
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const errors = findings.filter((finding) => finding.severity === "error");
    const lines = errors.map((finding) => `  ${finding.path || "policy"}: ${finding.message} Fix: ${finding.fix}`);
    super(
      `The CORS policy has ${errors.length === 1 ? "a mistake" : `${errors.length} mistakes`}.\n${lines.join("\n")}`,
    );
    this.findings = findings;
  }
}

/** Is this a {@link PolicyError}, also one of another copy of the library? */
export function isPolicyError(error: unknown): error is PolicyError {
  return error instanceof Error && error.name === "PolicyError" && "code" in error && error.code === "policy-invalid";
}
