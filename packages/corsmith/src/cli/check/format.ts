import { printable } from "@corsmith/cors/observe";
import type { Warning } from "../../check/check-finding.ts";
import type { CheckReport } from "../../check/check-report.ts";
import { type Style, wrapText } from "../../terminal/wrap-text.ts";
import {
  formatExpectation,
  formatFixes,
  formatMore,
  formatProof,
  formatRealBrowser,
  formatReasons,
  formatSnippet,
  formatVerdicts,
  row,
} from "./format-advice.ts";
import { formatNext, formatSteps } from "./format-steps.ts";

/** The report as people read it: the verdict and its reason first, then how it came to it, what to do, and how to see it oneself. */
export function formatCheck(report: CheckReport, style: Style): string {
  const sections = [
    [headline(report, style), ...warnings(report.warnings.filter(isCritical), style)],
    request(report, style),
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
    [
      ...warnings(
        report.warnings.filter((warning) => !isCritical(warning)),
        style,
      ),
      ...sent(report, style),
    ],
  ];
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${texts.join("\n\n")}\n`;
}

function headline({ verdict, headline: text }: CheckReport, { width, colors }: Style): string {
  const color = verdict === "allowed" ? colors.green : colors.red;
  return wrapText(text, width)
    .map((line) => color(colors.bold(line)))
    .join("\n");
}

function request(
  { request: { method, url, origin, headers, credentials } }: CheckReport,
  style: Style,
): readonly string[] {
  const names = headers.map(([name, value]) => printable(`${name}: ${value}`, 120));
  const extras = [...names, ...(credentials ? ["credentials included"] : [])];
  return [
    ...row("Page", printable(origin, 200), style),
    ...row("Request", `${printable(method, 40)} ${printable(url, 400)}`, style),
    ...(extras.length === 0 ? [] : row("", extras.join(", "), style)),
  ];
}

function warnings(all: readonly Warning[], style: Style): readonly string[] {
  const { colors } = style;
  return all.flatMap(({ code, severity, message, fix }) => {
    const color =
      severity === "info" ? colors.dim : severity === "critical" || severity === "high" ? colors.red : colors.yellow;
    return [
      ...row(severity === "critical" ? "DANGER" : capital(severity), `${message} ${fix} [${code}]`, style, color),
    ];
  });
}

/** What must not be read last. */
function isCritical({ severity }: Warning): boolean {
  return severity === "critical";
}

function sent({ sentByMethod, sent: all }: CheckReport, style: Style): readonly string[] {
  const counts = Object.entries(sentByMethod).map(([method, count]) => `${count} ${printable(method, 20)}`);
  const total = all.length;
  if (total === 0) return row("Sent", "nothing: a browser would not send it either", style);
  const unsafe = Object.keys(sentByMethod).some((method) => !/^(?:GET|HEAD|OPTIONS)$/.test(method));
  const note = unsafe ? "as --send asked" : "nothing that could change data";
  return row("Sent", `${total} request${total === 1 ? "" : "s"} (${counts.join(", ")}), ${note}`, style);
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
