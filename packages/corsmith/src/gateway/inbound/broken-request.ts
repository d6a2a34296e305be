import type { Duplex } from "node:stream";
import type { Failure } from "../answer/failure.ts";
import { answerRawFailure } from "../answer/failure.ts";
import type { GatewayContext } from "../context.ts";

/** Answers a request on which Node's parser gave up, or which did not come in time. */
export function refuseBrokenRequest(context: GatewayContext, error: Error, socket: Duplex): void {
  const failure = failureOf(error);
  context.connections.refuse(socket);
  const current = context.connections.currentOn(socket);
  // The head came whole and the body is broken: that request can be answered, under its policy.
  if (current !== undefined && !current.request.complete) current.relay.refuse(failure);
  else refuseRaw(context, failure, socket);
}

/** Answers CONNECT, for which Node gives a bare socket. */
export function refuseConnect(context: GatewayContext, socket: Duplex): void {
  context.connections.refuse(socket);
  refuseRaw(context, noConnect, socket);
}

/** An answer that is under way comes to its end first; text in the middle of it would be taken for a part of it. */
function refuseRaw(context: GatewayContext, failure: Failure, socket: Duplex): void {
  if (!context.connections.isBusy(socket)) answerRawFailure(socket, failure);
}

function failureOf(error: Error): Failure {
  const code = "code" in error ? error.code : undefined;
  return (typeof code === "string" ? known.get(code) : undefined) ?? malformed;
}

const noConnect: Failure = { status: 400, code: "method-not-supported", message: "CONNECT is not served here." };
const malformed: Failure = { status: 400, code: "request-malformed", message: "This is not a valid HTTP/1.1 request." };

const known: ReadonlyMap<string, Failure> = new Map([
  ["HPE_HEADER_OVERFLOW", { status: 431, code: "headers-too-large", message: "The headers are too large." }],
  [
    "HPE_CHUNK_EXTENSIONS_OVERFLOW",
    { status: 413, code: "chunk-extensions-too-large", message: "The chunk extensions are too large." },
  ],
  ["ERR_HTTP_REQUEST_TIMEOUT", { status: 408, code: "request-timeout", message: "The request did not come in time." }],
]);
