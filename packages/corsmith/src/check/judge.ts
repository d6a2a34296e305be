import {
  type CookieJar,
  type Engine,
  type Exchange,
  type FailureCode,
  openPage,
  type PageRequestInit,
  redactTrace,
  type Step,
  type Trace,
} from "@corsmith/cors/browser";
import type { SafeClient, Sent } from "../live/safe-client.ts";
import type { CheckRequest } from "./check-request.ts";

/** What a judgement rests on. */
export type Basis =
  /** The answer to the very request. */
  | "answer"
  /** The preflight alone: the request itself must not be sent. */
  | "preflight"
  /** The answer to a GET in the request's place, which may differ. */
  | "safe-probe"
  /** The browser sends nothing, or nothing came back. */
  | "nothing";

/** One request of a trace, with what became of it. */
export interface JudgedExchange extends Exchange {
  readonly sent: Sent;
}

/** Where a fetch ended. */
export interface JudgedFailure {
  readonly code: FailureCode;
  readonly step: Step;
  /** The exchange whose answer was refused, or that got none; undefined if nothing was sent. */
  readonly exchange?: JudgedExchange;
}

/** Allowed, blocked, or no answer came. */
export type Verdict = "allowed" | "blocked" | "unreached";

/** What one engine does with the request. */
export interface Judgement {
  readonly engine: Engine;
  readonly verdict: Verdict;
  readonly basis: Basis;
  /** Without secrets. */
  readonly trace: Trace;
  /** As they went out, secrets and all: not to be shown. */
  readonly exchanges: readonly JudgedExchange[];
  /** Why it is blocked or unreached. */
  readonly failure?: JudgedFailure;
  /** Why the answer to the GET in the request's place would be refused, where the preflight allows the request. */
  readonly doubt?: JudgedFailure;
}

const unreachedCodes: ReadonlySet<FailureCode> = new Set([
  "server-down",
  "connection-broken",
  "dns-failure",
  "tls-failure",
  "opaque-network-error",
]);

/** Lets one engine judge the request by what this client gets. */
export async function judge(
  engine: Engine,
  request: CheckRequest,
  client: Pick<SafeClient, "transport" | "recall">,
): Promise<Judgement> {
  const cookieJar = jarOf(request);
  const page = openPage({
    origin: request.origin,
    engine,
    transport: client.transport,
    ...(cookieJar && { cookieJar }),
  });
  const raw = await page.trace(request.url, initOf(request));
  const exchanges = await Promise.all(raw.exchanges.map((exchange) => recalled(exchange, client)));
  const trace = redactTrace(raw);
  const judged = { engine, basis: basisOf(exchanges), trace, exchanges };
  if (trace.outcome === "ok") return { ...judged, verdict: "allowed" };
  const failure = failureOf(trace.code, trace.steps, exchanges);
  if (judged.basis === "preflight") return { ...judged, verdict: "allowed", doubt: failure };
  const isAnswered = failure.exchange === undefined || failure.exchange.response !== undefined;
  if (isAnswered || !unreachedCodes.has(trace.code)) return { ...judged, verdict: "blocked", failure };
  return { ...judged, verdict: "unreached", basis: "nothing", failure };
}

async function recalled(exchange: Exchange, client: Pick<SafeClient, "recall">): Promise<JudgedExchange> {
  const sent = await client.recall(exchange.request);
  if (sent === undefined) throw new Error(`The trace has a request that was never sent: ${exchange.request.url}`);
  return { ...exchange, sent };
}

function failureOf(code: FailureCode, steps: readonly Step[], exchanges: readonly JudgedExchange[]): JudgedFailure {
  const step = steps.findLast(({ result }) => result === "failed");
  if (step === undefined) throw new Error("A fetch that failed has a step that failed.");
  const looksAtRequest = /^(?:new-request|bad-port|scheme-fetch|main-fetch)\//.test(step.step);
  const exchange = looksAtRequest ? undefined : exchanges.at(-1);
  return { code, step, ...(exchange && { exchange }) };
}

function basisOf(exchanges: readonly JudgedExchange[]): Basis {
  if (exchanges.length === 0) return "nothing";
  const at = exchanges.findIndex(({ sent }) => sent.replaces !== undefined);
  if (at < 0) return "answer";
  return exchanges.slice(0, at).some(({ kind }) => kind === "preflight") ? "preflight" : "safe-probe";
}

function initOf({ method, headers, credentials, mode, redirect, body }: CheckRequest): PageRequestInit {
  const mayHaveBody = !/^(?:get|head)$/i.test(method);
  return {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...(credentials ? { credentials: "include" } : {}),
    ...(mode && { mode }),
    ...(redirect && { redirect }),
    ...(body !== undefined && mayHaveBody ? { body } : {}),
  };
}

/** Cookies as they were pasted: for the URL's own origin, and nothing is added to them. */
function jarOf({ url, cookies }: CheckRequest): CookieJar | undefined {
  if (cookies === undefined) return undefined;
  const { origin } = new URL(url);
  return {
    getCookieString: async (asked) => (new URL(asked).origin === origin ? cookies : ""),
    setCookie: async () => undefined,
  };
}
