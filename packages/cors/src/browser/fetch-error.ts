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

/**
 * The TypeError of a failed fetch, with the reason that a real browser keeps for its console.
 *
 * @example
 * ```ts
 * import { FetchError, openPage } from "@corsmith/cors/browser";
 *
 * const page = openPage({ origin: "https://app.example.com", transport: async () => ({ status: 200, headers: [] }) });
 * const error = await page.fetch("https://api.example.com/").catch((reason: unknown) => reason);
 * console.assert(error instanceof TypeError && error instanceof FetchError);
 * if (error instanceof FetchError) console.assert(error.cause.code === "missing-allow-origin");
 * ```
 */
export class FetchError extends TypeError {
  override readonly name = "TypeError";
  override readonly cause: FetchFailure;

  constructor({ code, step, message }: NetworkError) {
    super(`Failed to fetch: ${message}`);
    this.cause = { code, step, message, fix: failureOf(code).fix };
  }
}
