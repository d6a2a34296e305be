import type { DecisionEvent } from "./decision-record.ts";
import type { Exchange } from "./exchange.ts";

/** A decision whose answer is not out yet. */
interface Waiting {
  readonly event: DecisionEvent;
  readonly exchange: Exchange;
}

/**
 * Holds decisions back until their answers are out, and tells them then with what the host lets one see: the final status, and whether the
 * answer has its CORS headers.
 */
export class AnswersToCome {
  readonly #waiting = new Set<Waiting>();
  readonly #tell: (event: DecisionEvent) => void;

  /** @param tell hears of each decision once */
  constructor(tell: (event: DecisionEvent) => void) {
    this.#tell = tell;
  }

  get size(): number {
    return this.#waiting.size;
  }

  add(decided: DecisionEvent, exchange: Exchange): void {
    const { request, response } = exchange;
    const event = { ...decided, credentials: carriesCredentials(request) };
    const waiting: Waiting = { event, exchange };
    this.#waiting.add(waiting);
    if (response?.once !== undefined) response.once("close", () => this.#over(waiting));
    // A WebSocket's upgrade is only judged; somebody else answers it.
    else if ("rawHeaders" in request) this.#over(waiting);
    else exchange.onResponse = (made) => this.#over(waiting, made);
  }

  /** Tells those of which the head is out, for the body of a stream may take hours; and those of which nothing was shown for long. */
  sweep(): void {
    const longAgo = Date.now() - patienceMs;
    for (const waiting of this.#waiting) {
      const { event, exchange } = waiting;
      if (exchange.response === undefined ? event.time < longAgo : exchange.response.headersSent) this.#over(waiting);
    }
  }

  /** Tells all, as far as they are. */
  end(): void {
    for (const waiting of this.#waiting) this.#over(waiting);
  }

  #over(waiting: Waiting, made?: Response): void {
    if (!this.#waiting.delete(waiting)) return;
    const { event, exchange } = waiting;
    const finalStatus = made === undefined ? nodeStatus(exchange) : fetchStatus(made);
    if (finalStatus === undefined) {
      this.#tell(event);
      return;
    }
    const sent = exchange.response?.getHeader(allowOrigin) ?? made?.headers.get(allowOrigin) ?? undefined;
    const headerless = finalStatus >= 400 && event.answer.allowOrigin !== undefined && sent === undefined;
    this.#tell({ ...event, finalStatus, headerless });
  }
}

/** Milliseconds after which a host that has shown no response is taken for one that never does. */
const patienceMs = 30_000;

const allowOrigin = "access-control-allow-origin";

function nodeStatus({ response }: Exchange): number | undefined {
  return response?.headersSent === true ? response.statusCode : undefined;
}

/** An error of the network has the status 0; what Next's proxy lets through gets its status later, from a route. */
function fetchStatus({ status, headers }: Response): number | undefined {
  return status === 0 || headers.has("x-middleware-next") ? undefined : status;
}

/** Did the request bring a cookie or an `Authorization`? What they say is not looked at. */
function carriesCredentials(request: Exchange["request"]): boolean {
  const names =
    "rawHeaders" in request ? request.rawHeaders.filter((_, place) => place % 2 === 0) : [...request.headers.keys()];
  return names.some((name) => /^(?:cookie|authorization)$/i.test(name));
}
