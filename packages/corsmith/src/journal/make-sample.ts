import { printable } from "@corsmith/cors/observe";
import type { DecisionDetails, DecisionFacts, EngineFamily } from "./decision-facts.ts";
import { isRefusal } from "./delta.ts";
import type { Sample } from "./sample.ts";

const longestOrigin = 330;
const longestPath = 512;
const longestHost = 260;
const longestName = 64;
const longestValue = 1_024;
const mostNames = 64;
const mostAnswerHeaders = 16;

/** Makes the sample of a decision: capped, and printable. */
export function makeSample(id: string, facts: DecisionFacts, details: DecisionDetails, engine: EngineFamily): Sample {
  return {
    id,
    time: facts.time,
    route: facts.route,
    kind: facts.kind,
    reason: facts.reason,
    blocked: isRefusal(facts.reason),
    origin: optional(facts.origin, longestOrigin),
    method: printable(facts.method, longestName),
    requestMethod: printable(details.requestMethod, longestName),
    path: optional(details.path, longestPath),
    host: optional(details.host, longestHost),
    requestedHeaders: names(details.requestedHeaders.flatMap((line) => line.slice(0, 4_096).split(","))),
    headerNames: names(details.headerNames),
    credentials: facts.credentials,
    fetchMode: optional(details.fetchMode, longestName),
    fetchSite: optional(details.fetchSite, longestName),
    engine,
    refused: details.refused.slice(0, mostNames).map((name) => printable(name, longestName)),
    status: facts.status ?? null,
    answer: details.answer
      .slice(0, mostAnswerHeaders)
      .map(([name, value]) => [printable(name.toLowerCase(), longestName), printable(value, longestValue)]),
    answeredAtOnce: facts.answeredAtOnce,
    headerless: facts.headerless,
    aborted: facts.aborted,
    durationMs: details.durationMs === undefined ? null : Math.round(details.durationMs * 10) / 10,
  };
}

function optional(text: string | undefined, most: number): string | null {
  return text === undefined ? null : printable(text, most);
}

function names(written: readonly string[]): string[] {
  const clean = written.map((name) => printable(name.trim().toLowerCase(), longestName)).filter((name) => name !== "");
  return [...new Set(clean)].slice(0, mostNames);
}
