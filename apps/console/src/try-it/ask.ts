import { definePolicy, type Policy } from "@corsmith/cors";
import { type Engine, openPage, type Trace, type Transport, type TransportRequest } from "@corsmith/cors/browser";
import { transportFromPolicy } from "@corsmith/cors/testing";
import type { Answers } from "corsmith/api";
import { useEffect, useState } from "preact/hooks";
import { call } from "../api/call.ts";
import { originError, type Question, requestInit, urlError } from "./question.ts";

/** The engines, and how they are called. */
export const engines: readonly { readonly engine: Engine; readonly name: string }[] = [
  { engine: "standard", name: "The standard" },
  { engine: "chromium", name: "Chrome, Edge" },
  { engine: "firefox", name: "Firefox" },
  { engine: "webkit", name: "Safari" },
];

type LiveReport = Answers["checkLive"];

/** The answer to a question. */
export interface Answer {
  readonly traces: ReadonlyMap<Engine, Trace>;
  /** What the answer is based on, in a sentence. */
  readonly note: string;
  readonly warnings: readonly { readonly says: string; readonly fix: string }[];
}

/** What each engine would do if this policy answered. Nothing is sent: the browser and the server are both in this tab. */
async function askPolicy(question: Question, policy: Policy): Promise<Answer> {
  const traces = await play(question, transportFromPolicy(policy));
  return { traces, note: "Simulated in this tab; nothing was sent.", warnings: [] };
}

/** The same with the policy that is active at this path. */
async function askActive(question: Question, signal: AbortSignal): Promise<Answer> {
  const path = URL.parse(question.url)?.pathname ?? "/";
  const asked = { path, origins: [question.origin], methods: [question.method] };
  const [{ route }, { policy, routes = [] }] = await Promise.all([
    call("POST /api/policy/matrix", { body: asked }, signal),
    call("GET /api/policy", {}, signal),
  ]);
  const found = routes.find((each) => each.path === route)?.policy ?? policy;
  if (found === undefined || found === false) {
    throw new Error(
      `There is no policy at ${path}: the API sets its own CORS headers there. Use the live API instead.`,
    );
  }
  const { originLookup, ...input } = found;
  if (originLookup !== undefined) {
    throw new Error("This policy looks origins up with code, which only the server can run. Use the live API instead.");
  }
  const { traces } = await askPolicy(question, definePolicy(input));
  const where = route === "/" ? "the default policy" : `the policy of ${route}`;
  return { traces, note: `Answered by ${where}; nothing was sent.`, warnings: [] };
}

/** What the API really answers: the server sends the requests, and each engine judges the answers in this tab. */
async function askLive(question: Question, signal: AbortSignal): Promise<Answer> {
  const { origin, url, method, headers, credentials } = question;
  const named = headers.filter(({ name }) => name.trim() !== "");
  const fields = Object.fromEntries(named.map(({ name, value }) => [name.trim(), value]));
  const report = await call("POST /api/check", { body: { origin, url, method, headers: fields, credentials } }, signal);
  let isAssumed = false;
  const traces = await play(question, async (request) => {
    const answer = answerTo(request, report);
    isAssumed ||= answer.isAssumed;
    return answer;
  });
  const unsent = isAssumed ? " The request itself was not sent; its response below is assumed." : "";
  return { traces, note: `${report.headline}${unsent}`, warnings: report.warnings };
}

async function play(question: Question, transport: Transport): Promise<ReadonlyMap<Engine, Trace>> {
  const traces = await Promise.all(
    engines.map(async ({ engine }) => {
      const page = openPage({ origin: question.origin, engine, transport });
      return [engine, await page.trace(question.url, requestInit(question))] as const;
    }),
  );
  return new Map(traces);
}

type LiveAnswer = Awaited<ReturnType<Transport>> & { readonly isAssumed: boolean };

/**
 * The answer that the server got to this request. Where only the preflight was sent, the answer to a GET stands in, or else that to the
 * preflight.
 */
function answerTo(request: TransportRequest, { sent }: LiveReport): LiveAnswer {
  const isPreflight = request.headers.some(([name]) => name.toLowerCase() === "access-control-request-method");
  const wanted = isPreflight ? ["preflight"] : ["request", "look", "preflight"];
  const found = wanted
    .map((purpose) => sent.find((each) => each.purpose === purpose && sameUrl(each.url, request.url)))
    .find((each) => each?.status !== undefined);
  if (found?.status === undefined) throw new Error("the server did not answer.");
  const isAssumed = !isPreflight && found.purpose !== "request";
  const headers = found.corsHeaders.map(([name = "", value = ""]) => [name, value] as const);
  return {
    status: found.purpose === "preflight" && isAssumed ? 200 : found.status,
    headers,
    isAssumed,
  };
}

function sameUrl(one: string, other: string): boolean {
  return URL.parse(one)?.href === URL.parse(other)?.href;
}

/** What there is to show for a question. */
export interface AnswerState {
  readonly answer?: Answer;
  readonly error?: Error;
  /** Sends the question to the live API, which happens only on demand. */
  askLive(): void;
  readonly asking: boolean;
}

/** Answers a question: at once where nothing is sent, and on demand where real requests go out. */
export function useAnswer(question: Question, policy: Policy | undefined): AnswerState {
  const [state, setState] = useState<Pick<AnswerState, "answer" | "error">>({});
  const [asked, setAsked] = useState<string>();
  const { engine: _, ...about } = question;
  const key = JSON.stringify(about);
  const live = question.against === "live";
  const ready = originError(question.origin) === undefined && urlError(question.url) === undefined;
  const wanted = ready && (live ? asked === key : question.against === "in-force" || policy !== undefined);

  useEffect(() => {
    if (!wanted) {
      setState({});
      return;
    }
    const stop = new AbortController();
    ask(question, policy, stop.signal).then(
      (answer) => {
        if (!stop.signal.aborted) setState({ answer });
      },
      (reason: unknown) => {
        if (!stop.signal.aborted) setState({ error: reason instanceof Error ? reason : new Error(String(reason)) });
      },
    );
    return () => stop.abort();
  }, [wanted, key]);

  const asking = live && wanted && state.answer === undefined && state.error === undefined;
  return { ...state, askLive: () => setAsked(key), asking };
}

async function ask(question: Question, policy: Policy | undefined, signal: AbortSignal): Promise<Answer> {
  if (question.against === "in-force") return await askActive(question, signal);
  if (question.against === "live") return await askLive(question, signal);
  if (policy === undefined) throw new Error("The policy has errors.");
  return await askPolicy(question, policy);
}
