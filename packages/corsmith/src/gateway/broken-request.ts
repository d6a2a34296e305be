import type { Duplex } from "node:stream";
import type { Failure } from "./failure.ts";
import { answerRawFailure } from "./failure-answer.ts";
import type { GatewayContext } from "./gateway-context.ts";

/** Answers a request on which Node's parser gave up, or which did not come in time. */
export function refuseBrokenRequest(context: GatewayContext, error: Error, socket: Duplex): void {
  const failure = failureOf(error);
  const { underway, relay } = context.connections.on(socket);
  // The head came whole and the body is broken: that request can be answered, under its policy.
  if (underway === 1 && relay !== undefined) relay.refuse(failure);
  // An answer is on its way; text of ours in the middle of it would be taken for a part of it.
  else if (underway > 0) socket.destroy();
  else answerRawFailure(socket, failure);
}

function failureOf(error: Error): Failure {
  const code = "code" in error ? error.code : undefined;
  return (typeof code === "string" ? known.get(code) : undefined) ?? malformed;
}

const malformed: Failure = { status: 400, code: "request-malformed", message: "This is not a valid HTTP/1.1 request." };

const known: ReadonlyMap<string, Failure> = new Map([
  ["HPE_HEADER_OVERFLOW", { status: 431, code: "headers-too-large", message: "The headers are too large." }],
  [
    "HPE_CHUNK_EXTENSIONS_OVERFLOW",
    { status: 413, code: "chunk-extensions-too-large", message: "The chunk extensions are too large." },
  ],
  ["ERR_HTTP_REQUEST_TIMEOUT", { status: 408, code: "request-timeout", message: "The request did not come in time." }],
]);
