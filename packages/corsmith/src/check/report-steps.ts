import type { FailureCode, Step } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { answeredBy } from "../live/answered-by.ts";
import { whyUnreached } from "../live/unreached.ts";
import type { JudgedExchange, Judgement } from "./judge.ts";

/** One thing that the browser does, in its order. */
export interface CheckStep {
  /** From 1. */
  readonly number: number;
  /** What is looked at, in a few words. */
  readonly what: string;
  /** `failed` ends the fetch; `unknown`: a GET was looked at in the request's place. */
  readonly result: "done" | "passed" | "failed" | "unknown";
  readonly says: string;
  /** Of the step that refused. */
  readonly code?: FailureCode;
  /** Of the Fetch standard. */
  readonly section?: string;
}

type Draft = Omit<CheckStep, "number">;

const longestText = 300;

/** What each algorithm's step looks at. */
const titles: Readonly<Record<string, string>> = {
  "cors-check/allow-origin": "Allow-Origin",
  "cors-check/allow-credentials": "Allow-Credentials",
  "cors-preflight-fetch/status": "status is 2xx",
  "cors-preflight-fetch/method": "Allow-Methods",
  "cors-preflight-fetch/allow-methods": "Allow-Methods",
  "cors-preflight-fetch/headers": "Allow-Headers",
  "cors-preflight-fetch/allow-headers": "Allow-Headers",
  "cors-preflight-cache/match": "preflight remembered",
  "main-fetch/mixed-content": "mixed content",
  "main-fetch/mode": "mode",
  "main-fetch/scheme": "scheme",
  "bad-port/port": "port",
  "http-network-fetch/answer": "answer",
  "http-redirect-fetch/follow": "redirect",
};

/** The steps of a judgement as people count them: what a browser decides, sends and compares. */
export function tellSteps({ trace, exchanges }: Judgement): readonly CheckStep[] {
  const drafts: Draft[] = [];
  let at = 0;
  const tellExchange = (kind: JudgedExchange["kind"]): void => {
    const exchange = exchanges[at];
    if (exchange === undefined || exchange.kind !== kind) return;
    at += 1;
    if (exchange.response !== undefined) drafts.push(tellAnswer(exchange));
  };
  for (const [index, step] of trace.steps.entries()) {
    drafts.push(...tellStep(step, exchanges[at - 1]));
    if (step.step === "cors-preflight-fetch/request") tellExchange("preflight");
    if (sendsRequestNext(step, trace.steps[index + 1])) tellExchange("actual");
  }
  const code = trace.outcome === "error" ? { code: trace.code } : {};
  return drafts.map((draft, index) => ({
    number: index + 1,
    ...draft,
    ...(draft.section && isRefusal(draft) && code),
  }));
}

/** One step at most refuses, and it is the last. */
function isRefusal({ result, what }: Draft): boolean {
  return result === "failed" || (result === "unknown" && !what.endsWith("not sent"));
}

function sendsRequestNext({ step, result }: Step, next: Step | undefined): boolean {
  if (step === "main-fetch/tainting") return !/^cors-preflight-/.test(next?.step ?? "");
  return step === "cors-preflight-cache/match" || (step === "cors-preflight-fetch/headers" && result === "passed");
}

function tellAnswer({ kind, sent, response, request }: JudgedExchange): Draft {
  const { status = 0, statusText = "" } = response ?? {};
  const by = sent.answer === undefined ? "unknown" : answeredBy(sent.answer).name;
  const from = by === "unknown" ? "" : `, from ${printable(by, 60)}`;
  const says = `${status} ${printable(statusText, 60)}`.trim() + from;
  if (sent.insteadOf !== undefined) {
    const what = `${sent.insteadOf} not sent`;
    return { what, result: "unknown", says: `it may change data; a GET in its place: ${says}` };
  }
  return { what: kind === "preflight" ? "OPTIONS (preflight)" : request.method, result: "done", says };
}

function tellStep(step: Step, exchange: JudgedExchange | undefined): readonly Draft[] {
  const says = wordsOf(step, exchange);
  if (step.step === "main-fetch/tainting") return tellTainting(says);
  if (step.step === "cors-preflight-fetch/request" || step.step === "cors-preflight-cache/store") return [];
  const what = titles[step.step] ?? step.step.replace("/", ": ").replaceAll("-", " ");
  if (step.result === "note") return [{ what, result: "done", says }];
  const isLook = exchange?.sent.insteadOf !== undefined;
  if (step.result === "passed") {
    // The step's title has the header's name already.
    const short = says.replace(/^Access-Control-Allow-[A-Z]\w+ is /, "");
    return [{ what, result: "passed", says: short, section: step.section }];
  }
  return [{ what, result: isLook ? "unknown" : "failed", says, section: step.section }];
}

/** Node's own words about a missing answer are for people who run Node. */
function wordsOf({ step, message }: Step, exchange: JudgedExchange | undefined): string {
  const { sent } = exchange ?? {};
  if (step !== "http-network-fetch/answer" || sent === undefined || sent.answer !== undefined)
    return printable(message, longestText);
  return whyUnreached(sent.url, sent.error).says;
}

/** `A is not the page's origin B: CORS decides. The method PUT needs a preflight.` are two steps. */
function tellTainting(message: string): readonly Draft[] {
  const [, where, why] = /^(?<where>.*?: CORS decides)\. (?<why>.*)$/.exec(message) ?? [];
  if (where === undefined || why === undefined) return [{ what: "own origin", result: "done", says: message }];
  const needs = why === "No preflight is needed." ? "no: a simple request" : `yes: ${lowerFirst(oneHeader(why))}`;
  return [
    { what: "another origin", result: "done", says: `yes: ${where.replace(/: CORS decides$/, "")}` },
    { what: "needs a preflight", result: "done", says: needs.replace(/ needs? a preflight\.$/, "") },
  ];
}

/** `The request headers a need …` is one header. */
function oneHeader(text: string): string {
  return text.replace(/^The request headers ([^,]*) need /, "The request header $1 needs ");
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
