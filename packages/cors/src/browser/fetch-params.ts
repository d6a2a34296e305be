import type { FailureCode } from "../failures/failure.ts";
import type { CorsPreflightCache } from "./cache/cors-preflight-cache.ts";
import type { Behaviour } from "./engines/behaviour.ts";
import type { FetchRequest } from "./request/request.ts";
import type { FetchedResponse, NetworkError } from "./response/response.ts";
import type { Step, StepFacts, StepName } from "./step.ts";
import type { Exchange } from "./trace.ts";
import type { CookieJar } from "./transport/cookies.ts";
import type { Transport } from "./transport/transport.ts";

/**
 * What every algorithm of one fetch is handed: the request, the browser around it, and the trace that it writes.
 *
 * @see https://fetch.spec.whatwg.org/#fetch-params
 */
export interface FetchParams {
  readonly request: FetchRequest;
  readonly behaviour: Behaviour;
  readonly transport: Transport;
  readonly preflightCache: CorsPreflightCache;
  readonly cookieJar: CookieJar | undefined;
  /** Milliseconds, for the preflight cache. */
  readonly now: () => number;
  readonly steps: Step[];
  readonly exchanges: Exchange[];
  /** Main fetch, handed along because redirects come back to it. */
  readonly mainFetch: (params: FetchParams, recursive: boolean) => Promise<FetchedResponse>;
}

/** What a fetch writes down. */
export type Recording = Pick<FetchParams, "steps" | "exchanges">;

/** Writes down that a step was passed. */
export function passed<Name extends StepName>(recording: Recording, step: Name, facts: StepFacts[Name]): undefined {
  record(recording, { step, result: "passed", facts, exchanges: recording.exchanges.length });
}

/** Writes down what the browser does and why. */
export function note<Name extends StepName>(recording: Recording, step: Name, facts: StepFacts[Name]): void {
  record(recording, { step, result: "note", facts, exchanges: recording.exchanges.length });
}

/** Writes down that a step failed, which ends the fetch. */
export function failed<Name extends StepName>(
  recording: Recording,
  name: Name,
  code: FailureCode,
  facts: StepFacts[Name],
): NetworkError {
  const exchanges = recording.exchanges.length;
  return { type: "error", code, step: record(recording, { step: name, result: "failed", code, facts, exchanges }) };
}

/** The signatures above keep each name with its facts; a union of all steps cannot say so. */
function record({ steps }: Recording, written: { readonly [Key in keyof Step]: Step[Key] }): Step {
  const step = written as Step;
  steps.push(step);
  return step;
}
