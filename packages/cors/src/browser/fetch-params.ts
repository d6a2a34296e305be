import type { FailureCode } from "../failures/failure.ts";
import type { CorsPreflightCache } from "./cache/cors-preflight-cache.ts";
import type { Behaviour } from "./engines/behaviour.ts";
import type { FetchRequest } from "./request/request.ts";
import type { FetchedResponse, NetworkError } from "./response/response.ts";
import { type Step, type StepName, sectionOf } from "./step.ts";
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

/** Writes down that a step was passed. */
export function passed(params: Pick<FetchParams, "steps">, step: StepName, message: string): void {
  params.steps.push({ step, section: sectionOf(step), result: "passed", message });
}

/** Writes down what the browser does and why. */
export function note(params: Pick<FetchParams, "steps">, step: StepName, message: string): void {
  params.steps.push({ step, section: sectionOf(step), result: "note", message });
}

/** Writes down that a step failed, which ends the fetch. */
export function failed(
  params: Pick<FetchParams, "steps">,
  step: StepName,
  code: FailureCode,
  message: string,
): NetworkError {
  params.steps.push({ step, section: sectionOf(step), result: "failed", message });
  return { type: "error", code, step, message };
}
