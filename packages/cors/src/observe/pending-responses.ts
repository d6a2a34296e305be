import { headerLines } from "../http/header-lines.ts";
import { type RawRequest, type SeenResponse, writtenWhole } from "../http/node-messages.ts";
import type { DecisionRecord } from "./decision-record.ts";

/**
 * The request that was decided, as its host has it, and a way to see what becomes of it. It holds all that a client sent, secrets too: a
 * record never does.
 */
export interface Exchange {
  /** Node's request, or one of the Fetch form. */
  readonly request: RawRequest | Request;
  /** Where it was sent, if the host has changed what the request says of it. */
  readonly target?: string | undefined;
  /** Does the host open a WebSocket as soon as the request is passed on, so that nothing else keeps a foreign page from it? */
  readonly opensWebSocket?: boolean | undefined;
  /** Node's response, where the host has one. Its head is not written yet. */
  readonly response?: SeenResponse | undefined;
  /** Set it, where there is no such response, to receive the one that the adapter hands on. Not every host calls it. */
  onResponse?: ((response: Response) => void) | undefined;
}

/** A decision whose answer is not out yet. */
interface Pending {
  readonly record: DecisionRecord;
  readonly exchange: Exchange;
}

/**
 * Holds records back until their answers are out, and reports them then with what the host lets one see: the final status, and whether the
 * answer has its CORS headers.
 */
export class PendingResponses {
  readonly #pending = new Set<Pending>();
  readonly #report: (record: DecisionRecord) => void;

  /** @param report called once for each decision */
  constructor(report: (record: DecisionRecord) => void) {
    this.#report = report;
  }

  get size(): number {
    return this.#pending.size;
  }

  add(decided: DecisionRecord, exchange: Exchange): void {
    const { request, response } = exchange;
    const record = { ...decided, credentials: carriesCredentials(request) };
    const pending: Pending = { record, exchange };
    this.#pending.add(pending);
    if (response?.once !== undefined) response.once("close", () => this.#settle(pending));
    // A WebSocket's upgrade is only judged; its answer comes from elsewhere.
    else if (!isFetchRequest(request)) this.#settle(pending);
    else exchange.onResponse = (made) => this.#settle(pending, made);
  }

  /** Reports those of which the head is out, for the body of a stream may take hours; and those of which nothing was shown for long. */
  sweep(): void {
    const longAgo = Date.now() - timeoutMs;
    for (const pending of this.#pending) {
      const { record, exchange } = pending;
      if (exchange.response === undefined ? record.time < longAgo : exchange.response.headersSent)
        this.#settle(pending);
    }
  }

  /** Reports all, as far as they are. */
  end(): void {
    for (const pending of this.#pending) this.#settle(pending);
  }

  #settle(pending: Pending, made?: Response): void {
    if (!this.#pending.delete(pending)) return;
    const { record, exchange } = pending;
    const finalStatus = made === undefined ? nodeStatus(exchange) : fetchStatus(made);
    if (finalStatus === undefined) {
      this.#report(record);
      return;
    }
    const { response } = exchange;
    const sent = response?.[writtenWhole] ?? response?.getHeader(allowOrigin) ?? made?.headers.get(allowOrigin);
    const headerless = finalStatus >= 400 && record.answer.allowOrigin !== undefined && sent == null;
    this.#report({ ...record, finalStatus, headerless });
  }
}

/** Milliseconds after which a host that has shown no response is taken for one that never does. */
const timeoutMs = 30_000;

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
  const names = isFetchRequest(request)
    ? [...request.headers.keys()]
    : (headerLines(request) ?? []).filter((_, place) => place % 2 === 0);
  return names.some((name) => /^(?:cookie|authorization)$/i.test(name));
}

function isFetchRequest(request: Exchange["request"]): request is Request {
  return request.headers instanceof Headers && !("rawHeaders" in request);
}
