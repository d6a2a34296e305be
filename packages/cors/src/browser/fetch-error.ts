import type { FailureCode } from "./failure-code.ts";
import { failureOf } from "./failures.ts";
import type { NetworkError } from "./response.ts";
import type { StepName } from "./step.ts";

/** What a browser knows of a failed fetch and hides from the script. */
export interface FetchFailure {
  readonly code: FailureCode;
  readonly step: StepName;
  readonly message: string;
  readonly fix: string;
}

/** The TypeError of a failed fetch, with the reason that a real browser keeps for its console. */
export class FetchError extends TypeError {
  override readonly name = "TypeError";
  override readonly cause: FetchFailure;

  constructor({ code, step, message }: NetworkError) {
    super(`Failed to fetch: ${message}`);
    this.cause = { code, step, message, fix: failureOf(code).fix };
  }
}
