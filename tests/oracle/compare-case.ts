import { type Exchange, failureOf, type Trace } from "@corsmith/cors/browser";
import type { OracleCase, RealEngine, Verdict, WireRequest } from "./oracle-case.ts";
import { withOrigins } from "./symbols.ts";

const comparedRequestHeaders = [
  "origin",
  "cookie",
  "authorization",
  "access-control-request-method",
  "access-control-request-headers",
];

/** What every user agent sets by itself: who sent nothing of the kind from the script has nothing to compare. */
const ownHeaders: ReadonlySet<string> = new Set(
  "accept accept-encoding accept-language connection content-length host referer user-agent priority".split(" "),
);

/** What the simulator did otherwise than the engine, a sentence each; none if they agree. */
export function compareCase(oracleCase: OracleCase, engine: RealEngine, traces: readonly Trace[]): readonly string[] {
  const { steps, wire } = oracleCase.engines[engine];
  const verdicts = steps.flatMap((verdict, index) => {
    const trace = traces[index];
    return trace === undefined ? [`step ${index} was not run`] : compareVerdict(oracleCase, verdict, trace, index);
  });
  const exchanges = traces.flatMap((trace) => trace.exchanges);
  const names = scriptedNames(oracleCase);
  const sent = wire ?? oracleCase.wire;
  return sent === undefined
    ? verdicts
    : [...verdicts, ...compareWire(sent, exchanges, wire === undefined ? [] : names)];
}

function compareVerdict(oracleCase: OracleCase, verdict: Verdict, trace: Trace, index: number): readonly string[] {
  const at = `step ${index}: `;
  if (verdict.outcome !== trace.outcome) {
    return [
      `${at}outcome ${trace.outcome}${trace.outcome === "error" ? ` (${trace.code})` : ""}, recorded ${said(verdict)}`,
    ];
  }
  if (trace.outcome === "error") {
    return sameCode(verdict, trace.code) ? [] : [`${at}code ${trace.code}, recorded ${said(verdict)}`];
  }
  const { status, type, redirected, headers } = trace.response;
  return [
    ...different(`${at}status`, status, verdict.status),
    ...different(`${at}type`, type, verdict.type),
    ...different(`${at}redirected`, redirected, verdict.redirected),
    ...compareHeaders(oracleCase, headers, verdict, index),
  ];
}

/** The engine's own list if it was recorded, otherwise what all three agree on. */
function compareHeaders(
  { steps }: OracleCase,
  headers: Exchange["request"]["headers"],
  verdict: Verdict,
  index: number,
): readonly string[] {
  const recorded = verdict.headers ?? [];
  const known =
    "headers" in verdict ? recorded : ((steps[index]?.expect as { visible?: typeof recorded })?.visible ?? recorded);
  const lines = (pairs: typeof recorded) =>
    pairs
      .filter(([name]) => name !== "content-length")
      .map(([name, value]) => `${name}: ${withOrigins(value)}`)
      .sort()
      .join(" | ");
  return different(`step ${index}: visible headers`, lines(headers), lines(known));
}

/** `Failed to fetch` without a code is all that was recorded where Chromium's network layer was never reached. */
function sameCode({ code, message }: Verdict, ours: Parameters<typeof failureOf>[0]): boolean {
  if (code === undefined || (code === "TypeError" && message === "Failed to fetch")) return true;
  return failureOf(ours).chromium.includes(code);
}

function compareWire(
  recorded: readonly WireRequest[],
  exchanges: readonly Exchange[],
  names: readonly string[],
): readonly string[] {
  const line = (method: string, url: string) => `${method} ${withOrigins(url)}`;
  const ours = exchanges.map(({ request }) => line(request.method, request.url)).join(", ");
  const theirs = recorded.map(({ method, url }) => line(method, url)).join(", ");
  if (ours !== theirs) return [`wire: ${ours || "nothing"}; recorded ${theirs || "nothing"}`];
  return recorded.flatMap((request, index) => {
    const headers = exchanges[index]?.request.headers ?? [];
    const preflight = "access-control-request-method" in request.headers;
    const own = preflight ? comparedRequestHeaders : [...comparedRequestHeaders, ...names];
    const whole = names.length > 0 ? own : [...Object.keys(request.headers), ...(request.absent ?? [])];
    const compared = preflight ? whole.filter((name) => comparedRequestHeaders.includes(name)) : whole;
    return compared.flatMap((name) => {
      const values = headers.filter(([own]) => own.toLowerCase() === name).map(([, value]) => value);
      const ours = values.length === 0 ? undefined : values.join(", ");
      const theirs = request.headers[name];
      if (ours === undefined && ownHeaders.has(name)) return [];
      return different(`wire ${index} ${request.method}: ${name}`, ours, theirs && withOrigins(theirs));
    });
  });
}

function scriptedNames({ steps }: OracleCase): readonly string[] {
  return [...new Set(steps.flatMap(({ request }) => request.headers.map(([name]) => name.toLowerCase())))];
}

function different(what: string, ours: unknown, theirs: unknown): readonly string[] {
  return ours === theirs ? [] : [`${what} ${JSON.stringify(ours)}, recorded ${JSON.stringify(theirs)}`];
}

function said({ outcome, code, reason, status }: Verdict): string {
  return [outcome, code, reason, status].filter((part) => part !== undefined).join(" ");
}
