import type { Problem } from "corsmith/api";

/** A call that was refused, or that never arrived. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  /** Missing if there was no answer that could be understood. */
  readonly problem: Problem | undefined;

  constructor(message: string, problem?: Problem) {
    super(message);
    this.problem = problem;
  }
}

/** Was the token looked at and refused, or was there none? Then nothing helps but another one. */
export function needsToken(error: unknown): boolean {
  const code = error instanceof ProblemError ? error.problem?.code : undefined;
  return code === "token-missing" || code === "token-wrong";
}
