import { behaviourOf, type Engine, formatStep, redactHeaders, redactUrl, sectionOf } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { answeredBy } from "../live/answered-by.ts";
import { corsLines, headerLines } from "../live/headers.ts";
import { SafeClient, type Sent } from "../live/safe-client.ts";
import { countByMethod } from "../live/send.ts";
import { whyUnreached } from "../live/unreached.ts";
import { type CheckFailure, type CheckReport, type EngineVerdict, type SentReport, said } from "./check-report.ts";
import type { CheckOptions, CheckRequest } from "./check-request.ts";
import { diagnose } from "./diagnose.ts";
import { fixesOf, snippetFor } from "./fixes.ts";
import { headlineOf } from "./headline.ts";
import { type JudgedExchange, type JudgedFailure, type Judgement, judge, type Verdict } from "./judge.ts";
import { lookAhead } from "./look-ahead.ts";
import { askProbes, type Probes } from "./probes.ts";
import { askRealBrowser } from "./real-browser.ts";
import { reportSteps } from "./report-steps.ts";
import { expect, reproduce } from "./reproduction.ts";
import { warningsOf } from "./warnings.ts";

const engines: readonly Engine[] = ["standard", "chromium", "firefox", "webkit"];

/**
 * Asks a live API as a page of this origin would, and says what the browsers make of its answers and why. Sends GET, HEAD and OPTIONS only,
 * unless `send` says otherwise, and each request once.
 *
 * @throws {TypeError} if the origin is not an origin or the engine is not an engine
 */
export async function checkApi(request: CheckRequest, options: CheckOptions = {}): Promise<CheckReport> {
  const { browser, engine: decidedBy = "browsers", onProgress } = options;
  const { method, url, origin, headers, credentials } = request;
  const client = new SafeClient(options);
  const judgements: Judgement[] = [];
  for (const engine of engines) judgements.push(await judge(engine, request, client));
  const verdict = verdictOf(judgements, decidedBy);
  const shown = shownJudgement(judgements, verdict, decidedBy);
  const preflight = shown.exchanges.find(({ kind }) => kind === "preflight");
  const failure = verdict === "blocked" ? shown.failure : undefined;
  const ahead =
    failure === undefined
      ? { failures: [], passesThen: verdict === "allowed" }
      : await lookAhead(shown.engine, request, client, failure);
  const probes: Probes =
    options.probes === false || verdict === "unreached"
      ? { strangeOrigin: "" }
      : await askProbes(request, preflight, verdict === "allowed", client);
  const diagnosis = failure && diagnose(failure, shown, probes);
  const unanswered = shown.failure?.exchange?.sent;
  const unreached = verdict === "unreached" ? whyUnreached(unanswered?.url ?? url, unanswered?.error) : undefined;
  const answer = failure?.exchange?.sent.answer;
  const snippet = diagnosis && answer && snippetFor(diagnosis, request, answeredBy(answer));
  const verdicts = judgements.map(engineVerdict);
  const maxAge = Object.fromEntries(verdicts.map(({ engine, maxAgeSeconds }) => [engine, maxAgeSeconds]));
  const seen = { preflight: preflight?.sent.answer, probes, maxAge };
  const warnings = warningsOf({ request, judgement: shown, all: judgements, ...seen });
  const report: CheckReport = {
    verdict,
    headline: headlineOf({ request, verdict, shown, engines: verdicts, diagnosis, unreached }),
    basis: shown.basis,
    request: { method, url: redactUrl(url), origin, headers: redactHeaders(headers), credentials },
    decidedBy,
    engines: verdicts,
    stepsOf: shown.engine,
    steps: reportSteps(shown),
    ...(failure && { failure: toFailure(failure) }),
    next: ahead.failures.map(toFailure),
    passesThen: ahead.passesThen,
    ...(diagnosis && { diagnosis: said(diagnosis) }),
    ...(unreached && { unreached: said(unreached) }),
    fixes: fixesOf(diagnosis, unreached),
    ...(snippet && { snippet }),
    warnings: warnings.map((warning) => ({ id: warning.code, ...said(warning) })),
    expectation: expect(request, preflight),
    reproduction: reproduce(request, shown.exchanges, options.insecure === true),
    sent: client.log.map(reportSent),
    sentByMethod: countByMethod(client.log),
  };
  if (browser === undefined) return report;
  onProgress?.(`starting ${browser}`);
  return { ...report, browser: await askRealBrowser(browser, request, options) };
}

/** Blocked if any browser blocks; unreached if none does and one gets no answer. */
function verdictOf(judgements: readonly Judgement[], decidedBy: CheckReport["decidedBy"]): Verdict {
  const deciding = judgements.filter(({ engine }) =>
    decidedBy === "browsers" ? engine !== "standard" : engine === decidedBy,
  );
  const verdicts = new Set(deciding.map(({ verdict }) => verdict));
  if (verdicts.has("blocked")) return "blocked";
  return verdicts.has("unreached") ? "unreached" : "allowed";
}

/** The steps that people read are the standard's, unless it disagrees with the verdict. */
function shownJudgement(judgements: readonly Judgement[], verdict: Verdict, by: CheckReport["decidedBy"]): Judgement {
  const shown =
    judgements.find(({ engine }) => engine === by) ?? judgements.find((judgement) => judgement.verdict === verdict);
  if (shown === undefined) throw new Error("A verdict is some engine's verdict.");
  return shown;
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

function reportSent({ purpose, method, url: asked, answer, error }: Sent): SentReport {
  const request = { purpose, method, url: redactUrl(asked) };
  if (answer === undefined) return { ...request, corsHeaders: [], unreached: said(whyUnreached(asked, error)) };
  return { ...request, status: answer.status, corsHeaders: corsLines(answer), answeredBy: answeredBy(answer) };
}
