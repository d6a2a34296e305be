import { behaviourOf, type Engine, formatStep, redactHeaders, redactUrl, sectionOf } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { answeredBy } from "../live/answered-by.ts";
import { headerLines } from "../live/headers.ts";
import { Line } from "../live/recording-client.ts";
import { whyUnreached } from "../live/unreached.ts";
import type { CheckFailure, CheckReport, EngineVerdict, Verdict } from "./check-report.ts";
import type { CheckOptions, CheckRequest } from "./check-request.ts";
import { diagnose } from "./diagnose.ts";
import { fixesOf } from "./fixes.ts";
import { headlineOf } from "./headline.ts";
import { type JudgedExchange, type JudgedFailure, type Judgement, judge } from "./judge.ts";
import { type LookAhead, lookAhead } from "./look-ahead.ts";
import { askProbes, type Probes } from "./probes.ts";
import { askRealBrowser } from "./real-browser.ts";
import { reportSteps } from "./report-steps.ts";
import { expect, reproduce } from "./reproduction.ts";
import { countByMethod, reportSent } from "./sent-report.ts";
import { snippetFor } from "./snippet-for.ts";
import { warningsOf } from "./warnings.ts";

const engines: readonly Engine[] = ["standard", "chromium", "firefox", "webkit"];
const browsers: readonly Engine[] = ["chromium", "firefox", "webkit"];
const defaultTimeoutSeconds = 10;

/**
 * Asks a live API as a page of this origin would, and says what the browsers make of its answers and why. Sends GET, HEAD and OPTIONS only,
 * unless `send` says otherwise, and each request once.
 *
 * @throws TypeError if the origin or the engine is none
 */
export async function checkApi(request: CheckRequest, options: CheckOptions = {}): Promise<CheckReport> {
  const { insecure = false, send = false, timeoutSeconds = defaultTimeoutSeconds, probes = true } = options;
  const { onProgress, signal } = options;
  const line = new Line({
    insecure,
    send,
    timeoutSeconds,
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const judgements: Judgement[] = [];
  for (const engine of engines) judgements.push(await judge(engine, request, line));
  const decidedBy = options.engine ?? "browsers";
  const verdict = verdictOf(judgements, decidedBy);
  const told = toldJudgement(judgements, verdict, options.engine);
  const ahead = await aheadOf(told, request, line);
  const preflight = told.exchanges.find(({ kind }) => kind === "preflight");
  const asked =
    probes && verdict !== "unreached"
      ? await askProbes(request, preflight, verdict === "allowed", line)
      : { strangeOrigin: "" };
  const judged = report({ request, judgements, told, verdict, ahead, asked, line, insecure, decidedBy, preflight });
  if (options.browser === undefined) return judged;
  onProgress?.(`starting ${options.browser}`);
  return { ...judged, browser: await askRealBrowser(options.browser, request, { send, timeoutSeconds }) };
}

interface Findings {
  readonly request: CheckRequest;
  readonly judgements: readonly Judgement[];
  readonly told: Judgement;
  readonly verdict: Verdict;
  readonly ahead: LookAhead;
  readonly asked: Probes;
  readonly line: Line;
  readonly insecure: boolean;
  readonly decidedBy: CheckReport["decidedBy"];
  readonly preflight: JudgedExchange | undefined;
}

function report(findings: Findings): CheckReport {
  const { request, judgements, told, verdict, ahead, asked, line, insecure, decidedBy, preflight } = findings;
  const { failure } = told;
  const diagnosis = verdict === "blocked" && failure !== undefined ? diagnose(failure, told, asked) : undefined;
  const unreached = verdict === "unreached" ? whyOf(failure, request) : undefined;
  const answer = failure?.exchange?.sent.answer;
  const snippet = diagnosis && answer && snippetFor(diagnosis, request, answeredBy(answer));
  const verdicts = judgements.map(engineVerdict);
  const maxAge = Object.fromEntries(verdicts.map(({ engine, maxAgeSeconds }) => [engine, maxAgeSeconds]));
  const { method, url, origin, headers, credentials } = request;
  return {
    verdict,
    headline: headlineOf({ request, verdict, told, engines: verdicts, diagnosis, unreached }),
    basis: told.basis,
    request: {
      method,
      url: redactUrl(url),
      origin,
      headers: redactHeaders(headers),
      credentials,
    },
    decidedBy,
    engines: verdicts,
    stepsOf: told.engine,
    steps: reportSteps(told),
    ...(verdict === "blocked" && failure !== undefined ? { failure: toFailure(failure) } : {}),
    next: ahead.failures.map(toFailure),
    passesThen: ahead.passesThen,
    ...(diagnosis && { diagnosis }),
    ...(unreached && { unreached }),
    fixes: fixesOf(diagnosis, unreached),
    ...(snippet && { snippet }),
    warnings: warningsOf({ request, judgement: told, all: judgements, probes: asked, maxAge }),
    expectation: expect(request, preflight),
    reproduction: reproduce(request, told.exchanges, insecure),
    sent: line.log.map(reportSent),
    sentByMethod: countByMethod(line.log),
  };
}

/** Blocked if any browser blocks; unreached if none does and one gets no answer. */
function verdictOf(judgements: readonly Judgement[], decidedBy: CheckReport["decidedBy"]): Verdict {
  const deciding = judgements.filter(({ engine }) =>
    decidedBy === "browsers" ? browsers.includes(engine) : engine === decidedBy,
  );
  const verdicts = new Set(deciding.map(({ verdict }) => verdict));
  if (verdicts.has("blocked")) return "blocked";
  return verdicts.has("unreached") ? "unreached" : "allowed";
}

/** The steps that people read are the standard's, unless it disagrees with the verdict. */
function toldJudgement(judgements: readonly Judgement[], verdict: Verdict, chosen: Engine | undefined): Judgement {
  const told =
    judgements.find(({ engine }) => engine === chosen) ?? judgements.find((judgement) => judgement.verdict === verdict);
  if (told === undefined) throw new Error("A verdict is some engine's verdict.");
  return told;
}

async function aheadOf(told: Judgement, request: CheckRequest, line: Line): Promise<LookAhead> {
  if (told.verdict !== "blocked" || told.failure === undefined)
    return { failures: [], passesThen: told.verdict === "allowed" };
  return await lookAhead(told.engine, request, line, told.failure);
}

function engineVerdict({ engine, verdict, basis, failure, exchanges, trace }: Judgement): EngineVerdict {
  const preflight = exchanges.find(({ kind }) => kind === "preflight");
  const permitted = trace.steps.some(
    ({ step, result }) => step === "cors-preflight-fetch/headers" && result === "passed",
  );
  return {
    engine,
    verdict,
    basis,
    ...(failure && { code: failure.code, message: printable(formatStep(failure.step), 300) }),
    ...(permitted && preflight ? { maxAgeSeconds: maxAgeSeconds(preflight, engine) } : {}),
  };
}

/** @see https://fetch.spec.whatwg.org/#http-access-control-max-age */
function maxAgeSeconds({ sent }: JudgedExchange, engine: Engine): number {
  const [value = ""] = headerLines(sent.answer?.headers ?? [], "access-control-max-age");
  return /^\d+$/.test(value) ? Math.min(Number(value), behaviourOf(engine).maxAgeLimitSeconds) : 5;
}

function toFailure({ code, step, exchange }: JudgedFailure): CheckFailure {
  const at = exchange === undefined ? "nothing" : exchange.kind === "preflight" ? "preflight" : "request";
  const url = exchange === undefined ? {} : { url: redactUrl(exchange.request.url) };
  return { code, message: printable(formatStep(step), 300), at, ...url, section: sectionOf(step.step) };
}

function whyOf(failure: JudgedFailure | undefined, { url }: CheckRequest): CheckReport["unreached"] {
  const sent = failure?.exchange?.sent;
  return whyUnreached(sent?.url ?? url, sent?.error);
}
