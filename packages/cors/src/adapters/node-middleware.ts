import type { AdapterReports } from "./adapter-options.ts";
import { factsFromRawHeaders, type RawRequest } from "./facts-from-raw-headers.ts";
import { type Host, host, whenSettled } from "./host.ts";
import { answerAtOnce, applyWhenHeadIsWritten, type NodeResponse } from "./node-response.ts";

export type { DecisionRecord } from "../observe/decision-record.ts";
export type { AdapterOptions } from "./adapter-options.ts";
export type { RawRequest } from "./facts-from-raw-headers.ts";
export type { NodeResponse } from "./node-response.ts";

/** What is registered: it answers a preflight itself and calls `next` for everything else. */
export type NodeMiddleware = (request: RawRequest, response: NodeResponse, next: () => unknown) => void;

/** Runs what comes after the adapter; hosts differ only in who answers its errors. */
export type CallNext = (next: () => unknown, response: NodeResponse, reports: AdapterReports) => void;

/** The middleware of all hosts that take `(req, res, next)`. */
export function nodeMiddleware(callNext: CallNext): Host<NodeMiddleware> {
  return host((answerRequest, reports) => (request, response, next) => {
    const facts = factsFromRawHeaders(request);
    // Engine.IO runs middlewares before it opens a WebSocket, with a response that is only a part of one.
    const opensWebSocket = facts?.upgrade === true && response.getHeaderNames === undefined;
    void whenSettled(answerRequest(facts, { request, response, opensWebSocket }), (answer) => {
      if (answer.status !== undefined) return answerAtOnce(response, answer.status, answer, reports);
      applyWhenHeadIsWritten(response, answer, reports);
      callNext(next, response, reports);
    });
  });
}
