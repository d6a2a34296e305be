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
  "accept accept-encoding accept-language connection content-length host referer sec-fetch-mode user-agent priority".split(
    " ",
  ),
);

/** In what the simulator can differ from an engine. */
export type DifferenceOf = "outcome" | "code" | "response" | "visible headers" | "wire";

/** One thing that the simulator did otherwise than the engine. */
export interface Difference {
  readonly of: DifferenceOf;
  readonly words: string;
}

/** What the simulator did otherwise than the engine; none if they agree. */
export function compareCase(
  oracleCase: OracleCase,
  engine: RealEngine,
  traces: readonly Trace[],
): readonly Difference[] {
  const { steps, wire } = oracleCase.engines[engine];
  const verdicts = steps.flatMap((verdict, index) => {
    const trace = traces[index];
    if (trace === undefined) return [{ of: "outcome", words: `step ${index} was not run` } as const];
    return compareVerdict(oracleCase, verdict, trace, index);
  });
  const exchanges = traces.flatMap((trace) => trace.exchanges);
  const names = scriptedNames(oracleCase);
  const sent = wire ?? oracleCase.wire;
  if (sent === undefined) return verdicts;
  const requests = compareWire(sent, exchanges, wire === undefined ? undefined : names);
  return [...verdicts, ...requests.map((words) => ({ of: "wire", words }) as const)];
}

function compareVerdict(oracleCase: OracleCase, verdict: Verdict, trace: Trace, index: number): readonly Difference[] {
  const at = `step ${index}: `;
  if (verdict.outcome !== trace.outcome) {
    const ours = trace.outcome === "error" ? `${trace.outcome} (${trace.code})` : trace.outcome;
    return [{ of: "outcome", words: `${at}outcome ${ours}, recorded ${said(verdict)}` }];
  }
  if (trace.outcome === "error") {
    if (sameCode(verdict, trace.code)) return [];
    return [{ of: "code", words: `${at}code ${trace.code}, recorded ${said(verdict)}` }];
  }
  const { status, type, redirected, headers } = trace.response;
  const response = [
    ...different(`${at}status`, status, verdict.status),
    ...different(`${at}type`, type, verdict.type),
    ...different(`${at}redirected`, redirected, verdict.redirected),
  ];
  const visible = compareHeaders(oracleCase, headers, verdict, index);
  return [
    ...response.map((words) => ({ of: "response", words }) as const),
    ...visible.map((words) => ({ of: "visible headers", words }) as const),
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
  const known = "headers" in verdict ? recorded : (steps[index]?.expect?.visible ?? recorded);
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
  names: readonly string[] | undefined,
): readonly string[] {
  const line = (method: string, url: string) => `${method} ${withOrigins(url)}`;
  const ours = exchanges.map(({ request }) => line(request.method, request.url)).join(", ");
  const theirs = recorded.map(({ method, url }) => line(method, url)).join(", ");
  if (ours !== theirs) return [`wire: ${ours || "nothing"}; recorded ${theirs || "nothing"}`];
  return recorded.flatMap((request, index) => {
    const headers = exchanges[index]?.request.headers ?? [];
    const preflight = "access-control-request-method" in request.headers;
    const shared = [...Object.keys(request.headers), ...(request.absent ?? [])];
    const whole = names === undefined ? shared : [...comparedRequestHeaders, ...names];
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
