import { printable } from "@corsmith/cors/observe";
import type { Warning } from "../../check/check-finding.ts";
import type { CheckReport } from "../../check/check-report.ts";
import { shellQuoted } from "../../live/curl-line.ts";
import { isSafeMethod } from "../../live/safe-client.ts";
import { commandRow, countRequests, headline, joinSections, row } from "../../terminal/report.ts";
import type { Style } from "../../terminal/wrap-text.ts";
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

/** What was seen, and what is likely behind it. */
function formatReasons({ diagnosis, unreached }: CheckReport, style: Style): readonly string[] {
  if (unreached !== undefined) {
    const note =
      'The browser console shows a network error; the page gets the same "Failed to fetch" as for a CORS error.';
    return row("Note", note, style);
  }
  if (diagnosis === undefined) return [];
  const { facts, likely, comparison } = diagnosis;
  const settled = likely?.settledBy === undefined ? [] : row("", `to confirm: ${likely.settledBy}`, style);
  return [
    // Two texts below each other show it better.
    ...(facts.length === 0 || comparison !== undefined ? [] : row("Seen", facts.join("; "), style)),
    ...(likely === undefined ? [] : row("Cause", `${likely.confidence}: ${likely.cause}`, style)),
    ...settled,
  ];
}

/** Who can change what. */
function formatFixes({ fixes: all }: CheckReport, style: Style): readonly string[] {
  return all.flatMap(({ who, what }, index) =>
    row(index === 0 ? "Fix" : "or", `${who}: ${what}`, style, style.colors.green),
  );
}

/** Where to read more. */
function formatMore({ diagnosis, unreached, request }: CheckReport, style: Style): readonly string[] {
  const code = diagnosis?.code ?? unreached?.code;
  if (code === undefined) return [];
  const method = request.method === "GET" ? "" : ` --method ${shellQuoted(request.method)}`;
  return [commandRow("More", `corsmith explain ${code} --origin ${shellQuoted(request.origin)}${method}`, style)];
}

/** The header lines with which it would be allowed. */
function formatExpectation({ verdict, expectation, failure }: CheckReport, style: Style): readonly string[] {
  if (verdict !== "blocked" || failure?.at === "nothing") return [];
  const { preflight, answer } = expectation;
  const list = (title: string, lines: readonly string[]): readonly string[] => [
    `  ${style.colors.dim(`${title} should contain`)}`,
    ...row("", lines.join("\n"), style),
  ];
  return [
    ...(preflight === undefined ? [] : list("Response to OPTIONS", preflight)),
    ...list(preflight === undefined ? "Response" : "Response to the request", answer),
  ];
}

/** The lines to write in the program that answers. */
function formatSnippet({ snippet: found }: CheckReport, { colors }: Style): readonly string[] {
  if (found === undefined) return [];
  return [colors.dim(`  In ${found.title}:`), ...found.code.split("\n").map((line) => `    ${line}`.trimEnd())];
}

/** How to reproduce it. */
function formatProof({ reproduction, verdict }: CheckReport, style: Style): readonly string[] {
  const { curlPreflight, curlRequest, console: snippet } = reproduction;
  if (verdict === "unreached") return [commandRow("Try", curlPreflight ?? curlRequest, style)];
  const commands = curlPreflight === undefined ? [curlRequest] : [curlPreflight, curlRequest];
  return [
    ...commands.map((command, index) => commandRow(index === 0 ? "Try" : "", command, style)),
    commandRow("Console", snippet, style),
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
