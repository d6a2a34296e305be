/** A request as it is sent to the upstream. */
export interface UpstreamRequest {
  readonly method: string;
  /** Path and query, or `*`. */
  readonly target: string;
  /** Names and values in turn. */
  readonly headers: string[];
}

/** Takes what the upstream answers, in this order. After `end` or `fail` nothing more comes. */
export interface ResponseSink {
  /** An interim answer, 1xx but not 101. */
  information(status: number, rawHeaders: readonly string[]): void;
  head(status: number, reason: string, rawHeaders: readonly string[]): void;
  /** A piece of the body. `false` asks for a pause, until {@link UpstreamExchange.resume}. */
  data(chunk: Buffer): boolean;
  end(rawTrailers: readonly string[]): void;
  fail(error: Error): void;
}

/** One exchange with the upstream, under way. */
export interface UpstreamExchange {
  /** Goes on after `data` has returned `false`. */
  resume(): void;
  /** Gives up; nothing more goes to the sink. */
  abort(): void;
}
