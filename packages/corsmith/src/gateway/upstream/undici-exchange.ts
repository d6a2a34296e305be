import type { Dispatcher, Pool } from "undici";
import type { ResponseSink, UpstreamExchange, UpstreamRequest } from "./exchange.ts";

/**
 * An exchange without a request body, on undici's pool.
 *
 * A safe request is sent once more if the connection broke before the first byte of an answer: an idle connection may end at the very
 * moment in which a request is written to it, and then the upstream has not seen it. Other methods are never repeated.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2
 */
export class UndiciExchange implements UpstreamExchange, Dispatcher.DispatchHandler {
  readonly #pool: Pool;
  readonly #options: Dispatcher.DispatchOptions;
  readonly #sink: ResponseSink;
  #controller: Dispatcher.DispatchController | undefined;
  #answered = false;
  #over = false;
  #retries: number;

  constructor(pool: Pool, request: UpstreamRequest, sink: ResponseSink) {
    this.#pool = pool;
    this.#sink = sink;
    this.#retries = safeMethods.has(request.method) ? 1 : 0;
    const { method, target, headers } = request;
    // undici opens a new connection for each name that it is to ask TLS for, and takes it from Host unless it is given one. The name here
    // is only ever compared; which one is asked for, is the pool's connector's to say.
    this.#options = { ...{ servername: "upstream" }, path: target, method, headers };
    pool.dispatch(this.#options, this);
  }

  resume(): void {
    this.#controller?.resume();
  }

  abort(): void {
    this.#over = true;
    this.#controller?.abort(new Error("The client has gone."));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error("The client has gone."));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    statusCode: number,
    _headers: unknown,
    statusMessage?: string,
  ): void {
    this.#answered = true;
    if (this.#over) return;
    const raw = latin1Lines(controller.rawHeaders);
    if (statusCode < 200) {
      this.#sink.information(statusCode, raw);
      return;
    }
    this.#sink.head(statusCode, statusMessage ?? "", raw);
    if (statusCode !== 204 && statusCode !== 304) return;
    // The head is all of it. undici would wait for as many bytes as Content-Length says, though a 304 has none.
    this.#over = true;
    this.#sink.end([]);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#over && !this.#sink.data(chunk)) controller.pause();
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    if (!this.#over) this.#sink.end(latin1Lines(controller.rawTrailers));
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.#over) return;
    if (this.#retries > 0 && !this.#answered && brokeOff(error)) {
      this.#retries -= 1;
      this.#pool.dispatch(this.#options, this);
      return;
    }
    this.#sink.fail(error);
  }
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

const brokenConnection: ReadonlySet<string> = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

function brokeOff(error: Error): boolean {
  return "code" in error && typeof error.code === "string" && brokenConnection.has(error.code);
}

function latin1Lines(lines: Dispatcher.DispatchController["rawHeaders"]): string[] {
  if (!Array.isArray(lines)) return [];
  return lines.map((line) => (typeof line === "string" ? line : line.toString("latin1")));
}
