import type { DecisionEvent } from "./decision-record.ts";
import type { Exchange } from "./exchange.ts";
import { AnswersToCome } from "./pending-responses.ts";
import { longestPauseMs, postDecisions, type SentDecisions } from "./post-decisions.ts";

/** Sends decisions to a journal. */
export interface DecisionSender {
  /** For the option `onDecision` of an adapter; the sender itself is such options, too. Only puts the event into a queue, once its answer is out. */
  readonly onDecision: (event: DecisionEvent, exchange?: Exchange) => void;
  /** Sends what waits. Resolves when it has arrived, or cannot be delivered now. For runtimes that end with the request: `context.waitUntil(sender.flush())`. */
  flush(): Promise<void>;
  /** Sends what waits, and stops. */
  close(): Promise<void>;
  /** Decisions that were dropped, since they could not be delivered. */
  readonly lost: number;
}

const mostAtOnce = 500;
const everyMs = 1_000;
const firstPauseMs = 1_000;

/**
 * Sends every decision of a middleware to the journal of a `corsmith serve`, many at a time. No request waits for it: the queue is bounded, what
 * does not fit is dropped and counted, and a journal that is away is tried again, less and less often.
 *
 * @throws TypeError for options that cannot be
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
  readonly #options: ReturnType<typeof readSendOptions>;
  #sender: string | undefined;
  readonly onDecision: DecisionSender["onDecision"];
  readonly #toCome = new AnswersToCome((event) => this.#take(event));
  #queue: DecisionEvent[] = [];
  #underWay: SentDecisions | undefined;
  #sequence = 0;
  #lost = 0;
  #lostTold = 0;
  #pauseMs = 0;
  #mayTryAt = 0;
  #busy: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failing = false;
  #closed = false;

  constructor(options: ReturnType<typeof readSendOptions>) {
    this.#options = options;
    this.onDecision = (event, exchange) => this.#hear(event, exchange);
  }

  get lost(): number {
    return this.#lost;
  }

  async flush(): Promise<void> {
    await this.#busy;
    do await this.#send();
    while (!this.#failing && this.#queue.length > 0);
  }

  async close(): Promise<void> {
    this.#toCome.end();
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.flush();
    this.#lost += this.#queue.length + (this.#underWay?.events.length ?? 0);
    this.#queue = [];
    this.#underWay = undefined;
  }

  #hear(event: DecisionEvent, exchange: Exchange | undefined): void {
    if (exchange === undefined || this.#isFull()) this.#take(event);
    else this.#toCome.add(event, exchange);
    this.#sendSoon(everyMs);
  }

  #isFull(): boolean {
    return this.#closed || this.#queue.length + this.#toCome.size >= this.#options.mostWaiting;
  }

  #take(event: DecisionEvent): void {
    if (this.#isFull()) {
      this.#lost += 1;
      return;
    }
    this.#queue.push(event);
    if (this.#queue.length === mostAtOnce && !this.#failing) void this.#send();
    this.#sendSoon(everyMs);
  }

  #sendSoon(milliseconds: number): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#toCome.sweep();
      if (this.#toCome.size > 0) this.#sendSoon(everyMs);
      if (Date.now() >= this.#mayTryAt) void this.#send();
      else this.#sendSoon(this.#mayTryAt - Date.now());
    }, milliseconds);
    // Where timers are numbers, they hold nothing up.
    const timer: unknown = this.#timer;
    if (typeof timer === "object" && timer !== null && "unref" in timer && typeof timer.unref === "function")
      timer.unref();
  }

  #send(): Promise<void> {
    this.#busy ??= this.#sendOne().finally(() => {
      this.#busy = undefined;
      if (this.#queue.length > 0 || this.#underWay !== undefined) this.#sendSoon(everyMs);
    });
    return this.#busy;
  }

  async #sendOne(): Promise<void> {
    const sent = this.#underWay ?? this.#next();
    if (sent === undefined) return;
    const outcome = await postDecisions(this.#options, sent);
    if (outcome.kind === "arrived") {
      this.#underWay = undefined;
      this.#pauseMs = 0;
      this.#failing = false;
      return;
    }
    if (outcome.kind === "refused") {
      this.#underWay = undefined;
      this.#lost += sent.events.length;
    }
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2 || firstPauseMs);
    // Not all at once: after an outage every sender would come in the same second.
    this.#mayTryAt = Date.now() + Math.max(outcome.retryMs, this.#pauseMs * (0.5 + Math.random() / 2));
    if (!this.#failing) this.#options.onError(new Error(outcome.message));
    this.#failing = true;
  }

  #next(): SentDecisions | undefined {
    const events = this.#queue.splice(0, mostAtOnce);
    if (events.length === 0) return undefined;
    this.#sequence += 1;
    const lost = this.#lost - this.#lostTold;
    this.#lostTold = this.#lost;
    const { service } = this.#options;
    // Not before: some runtimes have no randomness while a module is loaded.
    this.#sender ??= crypto.randomUUID();
    this.#underWay = { version: 1, sender: this.#sender, sequence: this.#sequence, service, lost, events };
    return this.#underWay;
  }
}

/** Where decisions are sent, and under which name. */
export interface SendOptions {
  /** The journal's address: the admin address of a `corsmith serve` or `corsmith console`. Without a path, `/api/decisions` is meant. */
  readonly url: string | URL;
  /** The admin port's token, if it demands one. */
  readonly token?: string | undefined;
  /** The name under which the decisions are counted, where a gateway has its routes. Default `/`. */
  readonly service?: string;
  /** Decisions that may wait to be sent; further ones are dropped, and counted. Default 10,000. */
  readonly mostWaiting?: number;
  /** Hears that the journal cannot be reached, or refuses: once, until it works again. Default `console.warn`. */
  readonly onError?: (error: Error) => void;
}

interface ReadOptions {
  readonly url: string;
  readonly token: string | undefined;
  readonly service: string;
  readonly mostWaiting: number;
  readonly onError: (error: Error) => void;
}

/** Checks the options, and fills what is left open. @throws TypeError */
function readSendOptions({ url, token, service = "/", mostWaiting = 10_000, onError }: SendOptions): ReadOptions {
  const parsed = URL.parse(String(url));
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== "" || parsed.password !== "") {
    throw new TypeError(
      `sendDecisions: url is the http or https address of a journal, without a user, and not ${JSON.stringify(String(url))}. For example: http://127.0.0.1:9090`,
    );
  }
  if (parsed.pathname === "/") parsed.pathname = "/api/decisions";
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new TypeError(
      "sendDecisions: token is printable text without spaces. Is it the contents of a file, with a line end?",
    );
  if (typeof service !== "string" || service === "" || service.length > 256)
    throw new TypeError("sendDecisions: service is a name of 1 to 256 characters.");
  if (!Number.isInteger(mostWaiting) || mostWaiting < 1)
    throw new TypeError(`sendDecisions: mostWaiting is a whole number from 1 on, and not ${String(mostWaiting)}.`);
  return {
    url: parsed.href,
    token,
    service,
    mostWaiting,
    onError: onError ?? ((error) => console.warn(error.message)),
  };
}
