import type { Finding } from "./finding.ts";

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
