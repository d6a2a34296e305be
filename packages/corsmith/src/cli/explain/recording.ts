import { type Engine, formatStep, openPage, type PageOptions, type Trace } from "@corsmith/cors/browser";
import { cleanUrl, type Explained, explain, type Facts, type Match } from "@corsmith/cors/explain";
import { printable } from "@corsmith/cors/observe";
import { type Har, type HarRequest, requestsOfHar, transportFromHar } from "@corsmith/cors/testing";

/**
 * Replays the requests of a recording that went to other origins, in a simulated browser and without the network, and explains each that
 * fails there.
 *
 * @throws {HarError} naming the place, if it is not a recording
 */
export async function explainRecording(har: Har) {
  const requests = requestsOfHar(har);
  const matches: Match[] = [];
  // One for all: the second request for a URL gets the second answer.
  const player = { engine: engineOf(har), transport: transportFromHar(har, { assumePreflights: true }) };
  for (const request of requests) {
    const match = await explainRequest(request, player);
    if (match !== undefined) matches.push(match);
  }
  const rest = { cautions: [], truncated: false };
  const explained: Explained =
    matches.length > 0
      ? { outcome: "known", matches: merged(matches), ...rest }
      : { outcome: "unknown", reason: "not-cors", hint: nothingFailed(requests.length), ...rest };
  return { explained, requests: requests.length, failed: matches.length };
}

type Player = Required<Pick<PageOptions, "engine" | "transport">>;

async function explainRequest(request: HarRequest, player: Player): Promise<Match | undefined> {
  const trace = await replay(request, player);
  const { outcome, preflight } = request;
  const noAnswer = outcome.kind === "no-answer" && preflight?.kind !== "answered";
  const said = matchOf(noAnswer ? (outcome.error ?? "") : "");
  const facts = factsOf(request, trace);
  if (said !== undefined && said.code !== "opaque-network-error")
    return { ...said, facts: { ...facts, ...said.facts } };
  if (trace.outcome === "ok") return undefined;
  const match = matchOf(noAnswer ? "opaque-network-error" : trace.code);
  if (match === undefined) return undefined;
  const step = trace.steps.findLast(({ result }) => result === "failed");
  const why = step === undefined ? match.why : printable(formatStep(step), 400);
  return { ...match, facts, why, certainty: noAnswer ? "possible" : "said" };
}

function matchOf(text: string): Match | undefined {
  const explained = explain(text);
  return explained.outcome === "known" ? explained.matches[0] : undefined;
}

/** The recording's own browser; Chromium if none is named. */
function engineOf(har: Har): Engine {
  const { log = {} } = har as { readonly log?: { readonly creator?: unknown; readonly browser?: unknown } };
  const creator = JSON.stringify([log.creator, log.browser]).slice(0, 1000);
  if (/firefox/i.test(creator)) return "firefox";
  return /webkit|safari/i.test(creator) ? "webkit" : "chromium";
}

function replay({ pageOrigin, url, method, headers, credentials }: HarRequest, player: Player): Promise<Trace> {
  return openPage({ origin: pageOrigin, ...player }).trace(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    credentials: credentials === "include" ? "include" : "same-origin",
  });
}

function factsOf({ method, url, pageOrigin, outcome, preflight }: HarRequest, trace: Trace): Facts {
  const answered = [outcome, preflight].find((one) => one?.kind === "answered");
  const status = trace.outcome === "error" && answered?.kind === "answered" ? answered.status : 0;
  const facts = { method: printable(method, 40), url: cleanUrl(url), origin: printable(pageOrigin, 200) };
  return status > 0 ? { ...facts, status } : facts;
}

/** The same failure of many requests is reported once for each URL. */
function merged(matches: readonly Match[]): readonly Match[] {
  const byKey = new Map<string, Match>();
  for (const match of matches) {
    const key = [match.code, match.facts.method, match.facts.url, match.facts.origin].join(" ");
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? match : { ...known, times: known.times + 1 });
  }
  return [...byKey.values()];
}

function nothingFailed(requests: number): string {
  if (requests === 0)
    return "The recording contains no request by a script to another origin. Open the network panel before the page loads, then record.";
  return `The recording contains ${requests} ${requests === 1 ? "request" : "requests"} to other origins, and CORS blocked none of them.`;
}
