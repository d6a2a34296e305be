import { printable } from "@corsmith/cors/observe";
import type { Warning } from "../../check/check-finding.ts";
import type { CheckReport } from "../../check/check-report.ts";
import { isSafeMethod } from "../../live/recording-client.ts";
import { countRequests, headline, joinSections, row } from "../../terminal/report.ts";
import type { Style } from "../../terminal/wrap-text.ts";
import {
  formatExpectation,
  formatFixes,
  formatMore,
  formatProof,
  formatReasons,
  formatSnippet,
} from "./format-advice.ts";
import { formatNext, formatRealBrowser, formatSteps, formatVerdicts } from "./format-steps.ts";

/** The report as people read it: the verdict and its reason first, then how it came to it, what to do, and how to reproduce it. */
export function formatCheck(report: CheckReport, style: Style): string {
  const critical = report.warnings.filter(({ severity }) => severity === "critical");
  const others = report.warnings.filter(({ severity }) => severity !== "critical");
  return joinSections([
    // What is critical must not be read last.
    [...headline(report.headline, report.verdict === "allowed", style), ...formatWarnings(critical, style)],
    formatRequest(report, style),
    formatSteps(report, style),
    formatNext(report, style),
    [
      ...formatVerdicts(report, style),
      ...formatRealBrowser(report, style),
      ...formatReasons(report, style),
      ...formatFixes(report, style),
      ...formatMore(report, style),
    ],
    [...formatExpectation(report, style), ...formatProof(report, style)],
    formatSnippet(report, style),
    [...formatWarnings(others, style), ...formatSent(report, style)],
  ]);
}

function formatRequest({ request }: CheckReport, style: Style): readonly string[] {
  const { method, url, origin, headers, credentials } = request;
  const names = headers.map(([name, value]) => printable(`${name}: ${value}`, 120));
  const extras = [...names, ...(credentials ? ["credentials included"] : [])];
  return [
    ...row("Page", printable(origin, 200), style),
    ...row("Request", `${printable(method, 40)} ${printable(url, 400)}`, style),
    ...(extras.length === 0 ? [] : row("", extras.join(", "), style)),
  ];
}

function formatWarnings(all: readonly Warning[], style: Style): readonly string[] {
  const { dim, red, yellow } = style.colors;
  const looks = {
    critical: ["DANGER", red],
    high: ["High", red],
    medium: ["Medium", yellow],
    low: ["Low", yellow],
    info: ["Info", dim],
  } as const;
  return all.flatMap(({ code, severity, message, fix }) => {
    const [label, color] = looks[severity];
    return row(label, `${message} ${fix} [${code}]`, style, color);
  });
}

function formatSent({ sentByMethod }: CheckReport, style: Style): readonly string[] {
  const methods = Object.keys(sentByMethod);
  if (methods.length === 0) return row("Sent", "nothing: a browser would not send it either", style);
  const note = methods.every(isSafeMethod) ? "nothing that could change data" : "as --send asked";
  return row("Sent", printable(`${countRequests(sentByMethod)}, ${note}`, 200), style);
}
