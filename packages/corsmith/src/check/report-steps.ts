import {
  type FailureCode,
  formatStep,
  type PreflightReason,
  type Step,
  sectionOf,
  titleOf,
} from "@corsmith/cors/browser";
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
  /** `failed` ends the fetch; `unknown`: the answer to a GET was judged in the request's place. */
  readonly result: "done" | "passed" | "failed" | "unknown";
  readonly says: string;
  /** Of the step that failed. */
  readonly code?: FailureCode;
  /** Of the Fetch standard. */
  readonly section?: string;
}

type Draft = Omit<CheckStep, "number">;

const maxText = 300;

/** The steps of a judgement as people count them: what a browser decides, sends and compares. */
export function reportSteps({ trace, exchanges }: Judgement): readonly CheckStep[] {
  const drafts: Draft[] = [];
  let reported = 0;
  const reportAnswers = (until: number): void => {
    for (const exchange of exchanges.slice(reported, until)) drafts.push(...reportAnswer(exchange));
    reported = until;
  };
  for (const step of trace.steps) {
    reportAnswers(step.exchanges);
    drafts.push(...reportStep(step, exchanges[step.exchanges - 1]));
  }
  reportAnswers(exchanges.length);
  return drafts.map((draft, index) => ({ number: index + 1, ...draft }));
}

function reportAnswer({ kind, sent, response, request }: JudgedExchange): readonly Draft[] {
  if (response === undefined) return [];
  const by = sent.answer === undefined ? "unknown" : answeredBy(sent.answer).name;
  const from = by === "unknown" ? "" : `, from ${printable(by, 60)}`;
  const says = `${response.status} ${printable(response.statusText, 60)}`.trim() + from;
  if (sent.replaces !== undefined) {
    const what = `${sent.replaces} not sent`;
    return [{ what, result: "unknown", says: `it may change data; a GET in its place: ${says}` }];
  }
  return [{ what: kind === "preflight" ? "OPTIONS (preflight)" : request.method, result: "done", says }];
}

function reportStep(step: Step, exchange: JudgedExchange | undefined): readonly Draft[] {
  if (step.step === "main-fetch/tainting") return reportTainting(step);
  if (step.step === "cors-preflight-fetch/request" || step.step === "cors-preflight-cache/store") return [];
  const what = step.step === "cors-preflight-fetch/status" ? "status is 2xx" : titleOf(step);
  const section = sectionOf(step.step);
  if (step.result === "failed") {
    const result = exchange?.sent.replaces === undefined ? "failed" : "unknown";
    return [{ what, result, says: failure(step, exchange), section, code: step.code }];
  }
  return step.result === "passed"
    ? [{ what, result: "passed", says: sentence(step, true), section }]
    : [{ what, result: "done", says: sentence(step) }];
}

function sentence(step: Step, omitHeader = false): string {
  return printable(formatStep(step, { omitHeader }), maxText);
}

/** Node's own words about a missing answer are for people who run Node. */
function failure(step: Step, exchange: JudgedExchange | undefined): string {
  const { sent } = exchange ?? {};
  return step.step === "http-network-fetch/answer" && sent !== undefined && sent.answer === undefined
    ? whyUnreached(sent.url, sent.error).message
    : sentence(step);
}

/** Whose URL it is, and whether that needs a preflight, are two steps to people. */
function reportTainting(step: Step<"main-fetch/tainting">): readonly Draft[] {
  const { tainting, origin, target, preflight } = step.facts;
  if (tainting === "basic") return [{ what: "same-origin", result: "done", says: sentence(step) }];
  if (tainting === "opaque") return [{ what: "cross-origin", result: "done", says: sentence(step) }];
  const where = printable(`yes: ${target} is not the page's origin ${origin}`, maxText);
  return [
    { what: "cross-origin", result: "done", says: where },
    { what: "needs a preflight", result: "done", says: printable(preflightWords(preflight), maxText) },
  ];
}

function preflightWords(preflight: PreflightReason | undefined): string {
  switch (preflight?.because) {
    case undefined:
      return "no: a simple request";
    case "method":
      return `yes: the method ${preflight.method}`;
    case "headers":
      return `yes: the request ${preflight.names.length === 1 ? "header" : "headers"} ${preflight.names.join(", ")}`;
    case "streamed-body":
      return "yes: a streamed body";
    case "needed-before-redirect":
      return "yes: it needed one before it was redirected";
  }
}
