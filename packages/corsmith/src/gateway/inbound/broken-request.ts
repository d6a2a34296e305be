import type { Duplex } from "node:stream";
import { answerRawFailure, type Failure } from "../answer/failure.ts";
import type { ClientConnections } from "./connections.ts";

/** Answers a request on which Node's parser gave up, or which did not come in time. */
export function refuseBrokenRequest(connections: ClientConnections, error: Error, socket: Duplex): void {
  const code = "code" in error ? String(error.code) : "";
  const failure = known.get(code) ?? malformed;
  connections.refuse(socket);
  const current = connections.currentOn(socket);
  // The head came whole and the body is broken: that request can be answered, under its policy.
  if (current !== undefined && !current.request.complete) current.relay.refuse(failure);
  // An answer that is under way comes to its end first; text in the middle of it would be taken for a part of it.
  else if (!connections.isBusy(socket)) answerRawFailure(socket, failure);
}

/** Answers CONNECT, for which Node gives a bare socket. */
export function refuseConnect(connections: ClientConnections, socket: Duplex): void {
  connections.refuse(socket);
  if (!connections.isBusy(socket)) answerRawFailure(socket, noConnect);
}

const noConnect: Failure = { status: 400, code: "method-not-supported", message: "CONNECT is not supported." };
const malformed: Failure = { status: 400, code: "request-malformed", message: "This is not a valid HTTP/1.1 request." };

const known: ReadonlyMap<string, Failure> = new Map([
  ["HPE_HEADER_OVERFLOW", { status: 431, code: "headers-too-large", message: "The headers are too large." }],
  [
    "HPE_CHUNK_EXTENSIONS_OVERFLOW",
    { status: 413, code: "chunk-extensions-too-large", message: "The chunk extensions are too large." },
  ],
  ["ERR_HTTP_REQUEST_TIMEOUT", { status: 408, code: "request-timeout", message: "The request did not come in time." }],
]);
