import { parseUrl } from "../http/parse-url.ts";
import type { DecisionRecord } from "./decision-record.ts";
import { Outbox } from "./outbox.ts";
import { type Exchange, PendingResponses } from "./pending-responses.ts";
import { maxPauseMs, postDecisions, type SentDecisions } from "./post-decisions.ts";

/** Where decisions are sent, and under which name. */
export interface SendOptions {
  /** The journal's address: the admin address of a `corsmith serve` or `corsmith console`. Without a path, `/api/decisions` is meant. */
  readonly url: string | URL;
  /** The token of the admin address, if it requires one. */
  readonly token?: string | undefined;
  /** The name under which the decisions are counted, where a gateway has its routes. Default `/`. */
  readonly service?: string;
  /** Decisions that may wait to be sent; further ones are dropped, and counted. Default 10,000. */
  readonly maxQueueSize?: number;
  /** Called when the journal cannot be reached, or refuses: once, until it works again. Default `console.warn`. */
  readonly onError?: (error: Error) => void;
}

/** Sends decisions to a journal. */
export interface DecisionSender {
  /** For the option `onDecision` of an adapter; the sender itself is such options, too. Only puts the record into a queue, once its answer is out. */
  readonly onDecision: (record: DecisionRecord, exchange?: Exchange) => void;
  /** Sends what waits. Resolves when it has arrived, or cannot be delivered now. For runtimes that end with the request: `context.waitUntil(sender.flush())`. */
  flush(): Promise<void>;
  /** Sends what waits, and stops. */
  close(): Promise<void>;
  /** Decisions that were dropped, since they could not be delivered. */
  readonly lost: number;
}

const batchSize = 500;
const intervalMs = 1_000;

/**
 * Sends every decision of a middleware to the journal of a `corsmith serve`, many at a time. No request waits for it: the queue is bounded, what
 * does not fit is dropped and counted, and a journal that is away is tried again, less and less often.
 *
 * @throws {TypeError} for options that are not valid
 *
 * @example
 * ```ts no-run
 * import express from "express";
 * import { cors } from "@corsmith/cors/express";
 * import { sendDecisions } from "@corsmith/cors/observe";
 *
 * const url = "http://127.0.0.1:9090";
 * const sender = sendDecisions({ url, token: process.env["CORSMITH_TOKEN"], service: "orders" });
 * const app = express();
 * app.use(cors({ allowOrigins: ["https://app.example.com"] }, sender));
 * process.once("SIGTERM", () => sender.close());
 * ```
 */
export function sendDecisions(options: SendOptions): DecisionSender {
  return new QueuedSender(readSendOptions(options));
}

class QueuedSender implements DecisionSender {
  readonly #service: string;
  readonly #maxQueueSize: number;
  readonly #pending = new PendingResponses((record) => this.#enqueue(record));
  readonly #outbox: Outbox<Omit<SentDecisions, "sequence">>;
  readonly #queue: DecisionRecord[] = [];
  #sender: string | undefined;
  #lost = 0;
  #lostReported = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  readonly onDecision: DecisionSender["onDecision"];

  constructor({ url, token, service, maxQueueSize, onError }: ReturnType<typeof readSendOptions>) {
    this.#service = service;
    this.#maxQueueSize = maxQueueSize;
    this.onDecision = (record, exchange) => {
      if (exchange === undefined || this.#queue.length + this.#pending.size >= maxQueueSize) this.#enqueue(record);
      else this.#pending.add(record, exchange);
      this.#sendSoon();
    };
    this.#outbox = new Outbox({
      waiting: () => this.#queue.length,
      isFull: () => this.#queue.length >= batchSize,
      take: () => this.#take(),
      sizeOf: ({ events }) => events.length,
      deliver: (batch, sequence) => postDecisions(url, token, { ...batch, sequence }),
      minPauseMs: intervalMs,
      maxPauseMs,
      onFailing: onError,
      onLost: (decisions) => {
        this.#lost += decisions;
      },
    });
  }

  get lost(): number {
    return this.#lost;
  }

  flush(): Promise<void> {
    return this.#outbox.flush();
  }

  async close(): Promise<void> {
    this.#pending.end();
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.flush();
    this.#outbox.abandon();
  }

  #enqueue(record: DecisionRecord): void {
    if (this.#closed || this.#queue.length >= this.#maxQueueSize) {
      this.#lost += 1;
      return;
    }
    this.#queue.push(record);
    if (this.#queue.length >= batchSize) this.#outbox.tick();
    this.#sendSoon();
  }

  #sendSoon(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pending.sweep();
      this.#outbox.tick();
      if (this.#pending.size + this.#outbox.pending > 0) this.#sendSoon();
    }, intervalMs);
    // Where timers are numbers, they hold nothing up.
    const timer: unknown = this.#timer;
    if (typeof timer === "object" && timer !== null && "unref" in timer && typeof timer.unref === "function")
      timer.unref();
  }

  #take(): Omit<SentDecisions, "sequence"> | undefined {
    const events = this.#queue.splice(0, batchSize);
    if (events.length === 0) return undefined;
    const lost = this.#lost - this.#lostReported;
    this.#lostReported = this.#lost;
    // Not before: some runtimes have no randomness while a module is loaded.
    this.#sender ??= crypto.randomUUID();
    return { version: 1, sender: this.#sender, service: this.#service, lost, events };
  }
}

/** Checks the options, and fills in what is left open. */
function readSendOptions({ url, token, service = "/", maxQueueSize = 10_000, onError = warn }: SendOptions) {
  const parsed = parseUrl(String(url));
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== "" || parsed.password !== "") {
    throw new TypeError(
      `sendDecisions: url must be the http or https address of a journal, without a user, not ${JSON.stringify(String(url))}. For example: http://127.0.0.1:9090`,
    );
  }
  if (parsed.pathname === "/") parsed.pathname = "/api/decisions";
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new TypeError(
      "sendDecisions: token must be printable text without spaces. Is it the contents of a file, with a line end?",
    );
  if (typeof service !== "string" || service === "" || service.length > 256)
    throw new TypeError("sendDecisions: service must be a name of 1 to 256 characters.");
  if (!Number.isInteger(maxQueueSize) || maxQueueSize < 1)
    throw new TypeError(`sendDecisions: maxQueueSize must be a whole number, at least 1, not ${String(maxQueueSize)}.`);
  return { url: parsed.href, token, service, maxQueueSize, onError };
}

function warn({ message }: Error): void {
  console.warn(message);
}
