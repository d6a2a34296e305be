import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Answer } from "@corsmith/cors";
import { writeHead } from "../record/sent-head.ts";
import { pushAnswer } from "./client-headers.ts";

/** Why the gateway itself answers and not the upstream. */
export interface Failure {
  readonly status: number;
  /** A stable word for programs. */
  readonly code: string;
  /** A sentence for people. It says nothing about the inside: no address, no path on disk, no stack. */
  readonly message: string;
}

/**
 * Answers in place of the upstream, under the same policy as the upstream's answers: a page that may read the API may read why it failed.
 *
 * @param close end the connection: what comes after a request that was not understood cannot be understood either
 */
export function answerFailure(response: ServerResponse, failure: Failure, answer: Answer, close: boolean): void {
  const body = failureBody(failure);
  const headers = ["Content-Type", "application/json", "Cache-Control", "no-store"];
  pushAnswer(headers, answer, undefined);
  if (close) headers.push("Connection", "close");
  headers.push("Content-Length", String(body.length));
  writeHead(response, failure.status, STATUS_CODES[failure.status] ?? "", headers);
  response.end(body);
}

/** Answers on a bare socket, for a request that the parser did not get through: there is nothing to decide a policy by. */
export function answerRawFailure(socket: Duplex, failure: Failure): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = failureBody(failure);
  const head =
    `HTTP/1.1 ${failure.status} ${STATUS_CODES[failure.status] ?? ""}\r\n` +
    "Content-Type: application/json\r\nCache-Control: no-store\r\nConnection: close\r\n" +
    `Content-Length: ${body.length}\r\n\r\n`;
  socket.end(Buffer.concat([Buffer.from(head, "latin1"), body]), () => socket.destroy());
}

function failureBody({ status, code, message }: Failure): Buffer {
  return Buffer.from(`${JSON.stringify({ status, code, message })}\n`);
}

const nothingGranted: Answer = { status: undefined, headers: [], vary: "Origin" };

const gatewayFailed: Failure = {
  status: 500,
  code: "gateway-failed",
  message: "The gateway failed to handle this request. See its log.",
};

/** Serves a request; a mistake in serving it must not take the other requests with it. */
export function guardRequest(
  log: { gatewayFailed(error: Error): void },
  response: ServerResponse,
  serve: () => void,
): void {
  try {
    serve();
  } catch (thrown) {
    log.gatewayFailed(thrown instanceof Error ? thrown : new Error(String(thrown)));
    if (response.headersSent || response.destroyed) response.destroy();
    else answerFailure(response, gatewayFailed, nothingGranted, true);
  }
}
