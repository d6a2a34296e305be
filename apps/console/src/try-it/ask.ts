import { definePolicy, type Policy } from "@corsmith/cors";
import { type Engine, openPage, type Trace, type Transport, type TransportRequest } from "@corsmith/cors/browser";
import { transportFromPolicy } from "@corsmith/cors/testing";
import type { Answers } from "corsmith/api";
import { useEffect, useState } from "preact/hooks";
import { call } from "../api/call.ts";
import { originFault, type Question, requestInit, urlFault } from "./question.ts";

/** The engines, and how they are called. */
export const engines: readonly { readonly engine: Engine; readonly name: string }[] = [
  { engine: "standard", name: "The standard" },
  { engine: "chromium", name: "Chrome, Edge" },
  { engine: "firefox", name: "Firefox" },
  { engine: "webkit", name: "Safari" },
];

type LiveReport = Answers["checkLive"];

/** What came of a question. */
export interface Answer {
  readonly traces: ReadonlyMap<Engine, Trace>;
  /** What the answers rest on, in a sentence. */
  readonly note: string;
  readonly warnings: readonly { readonly says: string; readonly fix: string }[];
}

/** What each engine would do if this policy answered. Nothing is sent: the browser and the server are both in this tab. */
async function askPolicy(question: Question, policy: Policy): Promise<Answer> {
  const traces = await play(question, transportFromPolicy(policy));
  return { traces, note: "Played through in this tab; nothing was sent.", warnings: [] };
}

/** The same with the policy that is in force at this path. */
async function askInForce(question: Question, signal: AbortSignal): Promise<Answer> {
  const path = URL.parse(question.url)?.pathname ?? "/";
  const asked = { path, origins: [question.origin], methods: [question.method] };
  const [{ route }, { policy, routes = [] }] = await Promise.all([
    call("POST /api/policy/matrix", { body: asked }, signal),
    call("GET /api/policy", {}, signal),
  ]);
  const found = routes.find((each) => each.path === route)?.policy ?? policy;
  if (found === undefined) throw new Error(`No policy holds at ${path}: such a request is not answered for CORS.`);
  if (found.originLookup !== undefined) {
    throw new Error(
      "This policy looks origins up by code, which only the server can run. Ask the live API in its place.",
    );
  }
  const { traces } = await askPolicy(question, definePolicy(found as never));
  const where = route === "/" ? "beside the routes" : `of the route ${route}`;
  return { traces, note: `Answered by the policy in force ${where}; nothing was sent.`, warnings: [] };
}

/** What the API really answers: the server sends the requests, and each engine judges the answers in this tab. */
async function askLive(question: Question, signal: AbortSignal): Promise<Answer> {
  const { origin, url, method, headers, credentials } = question;
  const named = headers.filter(({ name }) => name.trim() !== "");
  const fields = Object.fromEntries(named.map(({ name, value }) => [name.trim(), value]));
  const report = await call("POST /api/check", { body: { origin, url, method, headers: fields, credentials } }, signal);
  let supposed = false;
  const traces = await play(question, async (request) => {
    const answer = answerTo(request, report);
    supposed ||= answer.supposed;
    return answer;
  });
  const unsent = supposed ? " What stands below as its answer is supposed." : "";
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

type LiveAnswer = Awaited<ReturnType<Transport>> & { readonly supposed: boolean };

/**
 * The answer that the server got to this request. For a method that was only asked about, a look with GET stands in, or else what its
 * preflight was answered.
 */
function answerTo(request: TransportRequest, { sent }: LiveReport): LiveAnswer {
  const isPreflight = request.headers.some(([name]) => name.toLowerCase() === "access-control-request-method");
  const wanted = isPreflight ? ["preflight"] : ["request", "look", "preflight"];
  const found = wanted
    .map((purpose) => sent.find((each) => each.purpose === purpose && sameUrl(each.url, request.url)))
    .find((each) => each?.status !== undefined);
  if (found?.status === undefined) throw new Error("the server did not answer.");
  const supposed = !isPreflight && found.purpose !== "request";
  const headers = found.corsHeaders.map(([name = "", value = ""]) => [name, value] as const);
  return {
    status: found.purpose === "preflight" && supposed ? 200 : found.status,
    headers,
    supposed,
  };
}

function sameUrl(one: string, other: string): boolean {
  return URL.parse(one)?.href === URL.parse(other)?.href;
}

/** What there is to show for a question. */
export interface AnswerState {
  readonly answer?: Answer;
  readonly error?: Error;
  /** Asks the live API, which is asked no sooner than somebody wants it. */
  askLive(): void;
  readonly asking: boolean;
}

/** Has a question answered: at once where nothing is sent, and on demand where real requests go out. */
export function useAnswer(question: Question, policy: Policy | undefined): AnswerState {
  const [state, setState] = useState<Pick<AnswerState, "answer" | "error">>({});
  const [asked, setAsked] = useState<string>();
  const { engine: _, ...about } = question;
  const key = JSON.stringify(about);
  const live = question.against === "live";
  const ready = originFault(question.origin) === undefined && urlFault(question.url) === undefined;
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
  if (question.against === "in-force") return await askInForce(question, signal);
  if (question.against === "live") return await askLive(question, signal);
  if (policy === undefined) throw new Error("The policy has a mistake.");
  return await askPolicy(question, policy);
}
