import { formatStep } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { type Cause, type Diagnosis, toDiagnosis } from "./check-finding.ts";
import { diagnoseAllowOrigin } from "./diagnose-allow-origin.ts";
import { diagnoseMissingAllowOrigin } from "./diagnose-answer.ts";
import { diagnosePermission, diagnosePreflightStatus } from "./diagnose-preflight.ts";
import type { JudgedFailure, Judgement } from "./judge.ts";
import type { Probes } from "./probes.ts";

/** Why the request fails: what the server did, before what the browser calls it. */
export function diagnose(failure: JudgedFailure, judgement: Judgement, probes: Probes): Diagnosis {
  return toDiagnosis(causeOf(failure, judgement, probes) ?? asTheBrowserSays(failure), failure);
}

function causeOf(failure: JudgedFailure, { exchanges }: Judgement, probes: Probes): Cause | undefined {
  const { exchange } = failure;
  const answer = exchange?.sent.answer;
  if (exchange === undefined || answer === undefined) return undefined;
  if (exchange.kind === "preflight" && (answer.status < 200 || answer.status > 299)) {
    return diagnosePreflightStatus(exchange, answer, probes);
  }
  if (/^(?:preflight-)?missing-allow-origin$/.test(failure.code)) {
    return diagnoseMissingAllowOrigin(exchange, answer, exchanges[exchanges.indexOf(exchange) - 1], probes);
  }
  return diagnoseAllowOrigin(failure, exchange) ?? diagnosePermission(failure, exchange);
}

function asTheBrowserSays({ code, step }: JudgedFailure): Cause {
  const said = printable(formatStep(step), 300);
  if (code === "mixed-content") {
    const message =
      "the page is https: and the API http:, and browsers block such mixed content before anything is sent";
    return { code, message, facts: [said] };
  }
  return { code, message: said.slice(0, 1).toLowerCase() + said.slice(1).replace(/\.$/, ""), facts: [] };
}
