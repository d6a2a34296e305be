import type { Decision } from "../decide/decision.ts";
import { mustBePolicy, type Policy } from "../policy/policy.ts";
import { respond } from "../respond/respond.ts";
import { type AdapterOptions, type AdapterReports, adapterReports } from "./adapter-options.ts";
import { decideRequest } from "./decide-request.ts";
import { factsFromRawHeaders, type RawRequest } from "./facts-from-raw-headers.ts";
import { answerAtOnce, applyWhenHeadIsWritten, type NodeResponse } from "./node-response.ts";

/** What is registered: it answers a preflight itself and calls `next` for everything else. */
export type NodeMiddleware = (request: RawRequest, response: NodeResponse, next: () => unknown) => void;

/** Runs what comes after the adapter; hosts differ only in who answers its errors. */
export type CallNext = (next: () => unknown, response: NodeResponse, reports: AdapterReports) => void;

/** The middleware of all hosts that take `(req, res, next)`. @throws {TypeError} if it is no policy */
export function nodeMiddleware(policy: Policy, options: AdapterOptions, callNext: CallNext): NodeMiddleware {
  const checked = mustBePolicy(policy);
  const reports = adapterReports(options);
  const proceed = (decision: Decision, response: NodeResponse, next: () => unknown): void => {
    const answer = respond(decision);
    if (answer.status !== undefined) {
      answerAtOnce(response, answer.status, answer, reports);
      return;
    }
    applyWhenHeadIsWritten(response, answer, reports);
    callNext(next, response, reports);
  };
  return (request, response, next) => {
    const decision = decideRequest(checked, factsFromRawHeaders(request), reports, { request, response });
    if (decision instanceof Promise) void decision.then((settled) => proceed(settled, response, next));
    else proceed(decision, response, next);
  };
}
