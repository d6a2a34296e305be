import type { Reason } from "@corsmith/cors";
import type { DecisionEvent } from "@corsmith/cors/observe";
import { type DecisionDetails, type DecisionFacts, reasons } from "./decision-facts.ts";
import { hourMs } from "./delta.ts";
import type { Recorder } from "./recorder.ts";

/** What came of decisions that a middleware has sent. */
export type TakenDecisions =
  | {
      readonly ok: true;
      readonly taken: number;
      /** Events that are not understood: of a newer version, or broken. */
      readonly skipped: number;
      /** It had come before. */
      readonly repeated: boolean;
    }
  | { readonly ok: false; readonly message: string };

/** Senders whose last number is remembered. Beyond them a batch that is sent twice is counted twice. */
const mostSenders = 1_000;
const mostEvents = 1_000;
const longestName = 256;

/** Takes in what `sendDecisions` sends. Whoever sends is known by a token only, so everything is checked, and bounded. */
export class SentDecisionsReader {
  readonly #recorder: Pick<Recorder, "record" | "lose">;
  readonly #sequences = new Map<string, number>();

  constructor(recorder: Pick<Recorder, "record" | "lose">) {
    this.#recorder = recorder;
  }

  /** Counts the decisions of a body. @param body parsed JSON */
  take(body: unknown): TakenDecisions {
    if (!isRecord(body) || body["version"] !== 1)
      return refuse(
        "This is not what sendDecisions sends, or a version of it that is not known here: version must be 1.",
      );
    const { sender, sequence, service, lost, events } = body;
    if (!isName(sender)) return refuse("sender must be a name of 1 to 256 characters.");
    if (!isName(service)) return refuse("service must be a name of 1 to 256 characters.");
    if (!isCount(sequence) || !isCount(lost)) return refuse("sequence and lost must be whole numbers from 0 on.");
    if (!Array.isArray(events) || events.length > mostEvents)
      return refuse(`events must be a list of at most ${mostEvents}.`);
    if (sequence <= (this.#sequences.get(sender) ?? 0)) return { ok: true, taken: 0, skipped: 0, repeated: true };
    this.#remember(sender, sequence);
    const known = events.filter(isEvent);
    for (const event of known) this.#recorder.record(factsOf(event, service), () => detailsOf(event));
    const skipped = events.length - known.length;
    this.#recorder.lose(lost + skipped, 0);
    return { ok: true, taken: known.length, skipped, repeated: false };
  }

  #remember(sender: string, sequence: number): void {
    this.#sequences.delete(sender);
    this.#sequences.set(sender, sequence);
    const [oldest] = this.#sequences.keys();
    if (this.#sequences.size > mostSenders && oldest !== undefined) this.#sequences.delete(oldest);
  }
}

function factsOf(event: DecisionEvent, service: string): DecisionFacts {
  return {
    time: plausible(event.time, Date.now()),
    route: service,
    kind: event.preflight ? "preflight" : "actual",
    reason: event.reason,
    origin: event.origin,
    method: event.requestedMethod ?? event.refusedMethod ?? event.method,
    status: event.finalStatus ?? event.status,
    answeredAtOnce: event.status !== undefined,
    credentials: event.credentials === true,
    headerless: event.headerless === true,
    aborted: false,
    userAgent: undefined,
  };
}

function detailsOf(event: DecisionEvent): DecisionDetails {
  const { names = [], refusedMethod, field } = event;
  return {
    requestMethod: event.method,
    path: event.path,
    host: undefined,
    requestedHeaders: [event.requestedHeaders ?? ""],
    headerNames: [],
    fetchMode: undefined,
    fetchSite: undefined,
    refused: [
      ...names,
      ...(refusedMethod === undefined ? [] : [refusedMethod]),
      ...(field === undefined ? [] : [field]),
    ],
    answer: answerOf(event.answer),
    durationMs: undefined,
  };
}

const headerNames: Readonly<Record<keyof DecisionEvent["answer"], string>> = {
  allowOrigin: "access-control-allow-origin",
  allowCredentials: "access-control-allow-credentials",
  allowMethods: "access-control-allow-methods",
  allowHeaders: "access-control-allow-headers",
  exposeHeaders: "access-control-expose-headers",
  maxAge: "access-control-max-age",
  vary: "vary",
};

/** The headers as they were sent. Credentials are `true` or absent. */
function answerOf(answer: DecisionEvent["answer"]): [string, string][] {
  const said = { ...answer, allowCredentials: answer.allowCredentials === true ? "true" : undefined };
  return Object.entries(headerNames).flatMap(([key, name]) => {
    const value = said[key as keyof typeof headerNames];
    return value === undefined ? [] : [[name, value]];
  });
}

/** Another machine's clock may be wrong, and a batch may come late: but not from the future, and not from another day. */
function plausible(time: number, now: number): number {
  return time > now || time < now - 24 * hourMs ? now : Math.floor(time);
}

const optionalTexts = ["path", "origin", "refusedMethod", "field", "requestedMethod", "requestedHeaders"];

function isEvent(value: unknown): value is DecisionEvent {
  if (!isRecord(value)) return false;
  const { time, reason, preflight, status, finalStatus, credentials, headerless, method, names, answer } = value;
  return (
    Number.isFinite(time) &&
    reasons.includes(reason as Reason) &&
    typeof preflight === "boolean" &&
    (status === undefined || isCount(status)) &&
    (finalStatus === undefined || isStatus(finalStatus)) &&
    [credentials, headerless].every((flag) => flag === undefined || typeof flag === "boolean") &&
    typeof method === "string" &&
    optionalTexts.every((name) => value[name] === undefined || isText(value[name])) &&
    (names === undefined || isListOf(names, isText)) &&
    isRecord(answer) &&
    Object.keys(headerNames).every(
      (name) => answer[name] === undefined || isText(answer[name]) || name === "allowCredentials",
    )
  );
}

function isListOf(value: unknown, isOne: (one: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= 64 && value.every(isOne);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= longestName;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isStatus(value: unknown): boolean {
  return isCount(value) && Number(value) >= 100 && Number(value) <= 599;
}

function refuse(message: string): TakenDecisions {
  return { ok: false, message };
}
