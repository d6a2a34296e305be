import type { ServerResponse } from "node:http";
import type { Answer } from "@corsmith/cors";
import { writeHead } from "../record/sent-head.ts";
import type { ResponseSink } from "../upstream/exchange.ts";
import { invalidAnswer, upstreamFailure } from "../upstream/failure.ts";
import { clientHeaders, clientTrailers, interimSection } from "./client-headers.ts";
import type { Failure } from "./failure.ts";
import { answerFailure } from "./failure.ts";
import type { UpstreamExpose } from "./upstream-expose.ts";

/** What a relay needs beside the response that it writes. */
export interface RelayTerms {
  readonly answer: Answer;
  readonly expose: UpstreamExpose;
  /** Is this the last answer on its connection? Asked when the head is written. */
  readonly closing: () => boolean;
  /** Called when the client can take more after `data` returned `false`. */
  readonly onDrain: () => void;
  /** Ends the exchange with the upstream. */
  readonly abort: () => void;
  /** Called when the upstream failed, before the client gets its answer. */
  readonly onFailure: (failure: Failure, error: Error) => void;
}

/**
 * Passes the upstream's answer to the client as it comes. Its head goes out with the first piece of the body if that is there already,
 * otherwise at once. An answer that breaks off is broken off for the client too: it never looks complete.
 */
export class ResponseRelay implements ResponseSink {
  readonly #response: ServerResponse;
  readonly #terms: RelayTerms;
  #flushed = false;
  #over = false;
  #waits = false;

  constructor(response: ServerResponse, terms: RelayTerms) {
    this.#response = response;
    this.#terms = terms;
  }

  /** No more is written; what still comes is dropped. */
  stop(): void {
    this.#over = true;
  }

  information(status: number, rawHeaders: readonly string[]): void {
    const { req, socket, headersSent } = this.#response;
    // Without a socket it is not yet this answer's turn, and no client before HTTP/1.1 expects an interim one.
    if (this.#over || headersSent || socket === null || req.httpVersion !== "1.1") return;
    const line = `HTTP/1.1 ${status} ${interimReasons[status] ?? "Information"}\r\n`;
    socket.write(line + interimSection(rawHeaders, this.#terms.answer), "latin1");
  }

  head(status: number, reason: string, rawHeaders: readonly string[]): void {
    if (this.#over) return;
    const response = this.#response;
    const { method = "GET", httpVersion } = response.req;
    const { answer, expose, closing } = this.#terms;
    const chunks = httpVersion === "1.1";
    const headers = clientHeaders(rawHeaders, { status, method, answer, expose, close: closing(), chunks });
    if (headers === undefined || !this.#writeHead(status, reason, headers)) {
      this.#answer(invalidAnswer, new Error("The answer's head cannot be passed on."));
      return;
    }
    if (method !== "HEAD") process.nextTick(() => this.#flush());
  }

  data(chunk: Buffer): boolean {
    if (this.#over) return true;
    this.#flushed = true;
    if (this.#response.write(chunk)) return true;
    if (!this.#waits) {
      this.#waits = true;
      this.#response.on("drain", this.#terms.onDrain);
    }
    return false;
  }

  end(rawTrailers: readonly string[]): void {
    if (this.#over) return;
    this.#over = true;
    if (rawTrailers.length > 0 && this.#response.chunkedEncoding) this.#addTrailers(rawTrailers);
    this.#response.end();
  }

  fail(error: Error): void {
    if (!this.#over) this.#answer(upstreamFailure(error), error);
  }

  /** Answers with a failure that lies with the client: its body is broken, say. */
  refuse(failure: Failure): void {
    if (this.#over) return;
    this.#over = true;
    this.#terms.abort();
    if (this.#response.headersSent) this.#response.destroy();
    else answerFailure(this.#response, failure, this.#terms.answer, true);
  }

  #answer(failure: Failure, error: Error): void {
    this.#over = true;
    this.#terms.abort();
    this.#terms.onFailure(failure, error);
    if (this.#response.headersSent) this.#response.destroy();
    else answerFailure(this.#response, failure, this.#terms.answer, this.#terms.closing());
  }

  #writeHead(status: number, reason: string, headers: string[]): boolean {
    try {
      writeHead(this.#response, status, printable.test(reason) ? reason : "", headers);
      return true;
    } catch {
      return false;
    }
  }

  /** An empty buffer and not `flushHeaders`, which would send bytes above 0x7F as UTF-8. */
  #flush(): void {
    if (this.#flushed || this.#over) return;
    this.#flushed = true;
    this.#response.write(noBytes);
  }

  #addTrailers(rawTrailers: readonly string[]): void {
    try {
      this.#response.addTrailers(clientTrailers(rawTrailers, this.#terms.answer));
    } catch {
      // The body is complete and right; a trailer that Node will not write is left out, as an intermediary may.
    }
  }
}

const noBytes = Buffer.alloc(0);
const printable = /^[\t\x20-\x7e]*$/;
const interimReasons: Readonly<Record<number, string>> = { 102: "Processing", 103: "Early Hints" };
