import { formatStep } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import type { Diagnosis } from "./check-finding.ts";
import { diagnoseAllowOrigin } from "./diagnose-allow-origin.ts";
import { diagnoseMissingAllowOrigin } from "./diagnose-answer.ts";
import { diagnosePermission, diagnosePreflightStatus } from "./diagnose-preflight.ts";
import type { JudgedFailure, Judgement } from "./judge.ts";
import type { Probes } from "./probes.ts";

/** Why the request fails: what the server did, before what the browser calls it. */
export function diagnose(failure: JudgedFailure, { exchanges }: Judgement, probes: Probes): Diagnosis {
  const { exchange } = failure;
  const answer = exchange?.sent.answer;
  if (exchange === undefined || answer === undefined) return asTheBrowserSays(failure);
  if (exchange.kind === "preflight" && (answer.status < 200 || answer.status > 299)) {
    return diagnosePreflightStatus(exchange, answer, probes);
  }
  if (/^(?:preflight-)?missing-allow-origin$/.test(failure.code)) {
    return diagnoseMissingAllowOrigin(exchange, answer, exchanges[exchanges.indexOf(exchange) - 1], probes);
  }
  return diagnoseAllowOrigin(failure, exchange) ?? diagnosePermission(failure, exchange) ?? asTheBrowserSays(failure);
}

function asTheBrowserSays({ code, step }: JudgedFailure): Diagnosis {
  if (code === "mixed-content") {
    const says = "the page is https: and the API http:, and browsers block such mixed content before anything is sent";
    return { code, says, facts: [printable(formatStep(step), 300)] };
  }
  const says = printable(formatStep(step), 300).replace(/\.$/, "");
  return { code, says: says.slice(0, 1).toLowerCase() + says.slice(1), facts: [] };
}
