import type { CheckReport } from "../../check/check-report.ts";
import { shellQuoted } from "../../check/curl-line.ts";
import type { Unreached } from "../../check/unreached.ts";
import type { Style } from "../labelled.ts";
import { labelWidth, row } from "./format-row.ts";

/** What was seen, and what is likely behind it. */
export function formatReasons({ diagnosis, unreached }: CheckReport, style: Style): readonly string[] {
  if (unreached !== undefined) {
    const note = 'The console shows a network error, and the page the same "Failed to fetch" as for a CORS error.';
    return row("Note", note, style);
  }
  if (diagnosis === undefined) return [];
  const { facts, likely, comparison } = diagnosis;
  const settled = likely?.settledBy === undefined ? [] : row("", `to be sure: ${likely.settledBy}`, style);
  return [
    // Two texts below each other have said it better.
    ...(facts.length === 0 || comparison !== undefined ? [] : row("Seen", facts.join("; "), style)),
    ...(likely === undefined ? [] : row("Cause", `${likely.confidence}: ${likely.cause}`, style)),
    ...settled,
  ];
}

/** Who can change what. */
export function formatFixes({ fixes: all }: CheckReport, style: Style): readonly string[] {
  return all.flatMap(({ who, what }, index) =>
    row(index === 0 ? "Fix" : "or", `${who}: ${what}`, style, style.colors.green),
  );
}

/** Where to read on. */
export function formatMore(
  { diagnosis, unreached, request: { origin, method } }: CheckReport,
  { colors }: Style,
): readonly string[] {
  const code = diagnosis?.code ?? (unreached === undefined ? undefined : codeOf[unreached.kind]);
  if (code === undefined) return [];
  const known = [`--origin ${shellQuoted(origin)}`, ...(method === "GET" ? [] : [`--method ${shellQuoted(method)}`])];
  return [`  ${colors.dim("More".padEnd(labelWidth))} corsmith explain ${[code, ...known].join(" ")}`];
}

/** Under which code the catalogue has what keeps an answer away. */
const codeOf: Readonly<Record<Unreached["kind"], string>> = {
  refused: "server-down",
  unreachable: "server-down",
  name: "dns-failure",
  timeout: "connection-broken",
  broken: "connection-broken",
  certificate: "tls-failure",
  tls: "tls-failure",
  other: "opaque-network-error",
};

/** The header lines with which it would be allowed. */
export function formatExpectation(
  { verdict, expectation: wanted, failure }: CheckReport,
  style: Style,
): readonly string[] {
  if (verdict !== "blocked" || failure?.at === "nothing") return [];
  const { preflight, answer } = wanted;
  const list = (title: string, lines: readonly string[]): string[] => [title, ...lines.map((line) => `  ${line}`)];
  const texts = [
    ...(preflight === undefined ? [] : list("of OPTIONS:", preflight)),
    ...list(preflight === undefined ? "of the answer:" : "of the answer to the request:", answer),
  ];
  return texts.flatMap((text, index) => row(index === 0 ? "Expect" : "", text, style));
}

/** The lines to write in the program that answers. */
export function formatSnippet({ snippet: found }: CheckReport, { colors }: Style): readonly string[] {
  if (found === undefined) return [];
  return [colors.dim(`  In ${found.title}:`), ...found.code.split("\n").map((line) => `    ${line}`.trimEnd())];
}

/** Commands stay on one line, however long: they are there to be copied. */
export function formatProof({ reproduction, verdict }: CheckReport, { colors }: Style): readonly string[] {
  const { curlPreflight, curlRequest, console: snippet } = reproduction;
  const command = (label: string, text: string): string => `  ${colors.dim(label.padEnd(labelWidth))} ${text}`;
  if (verdict === "unreached") return [command("Try", curlPreflight ?? curlRequest)];
  return [
    ...(curlPreflight === undefined ? [] : [command("Try", curlPreflight)]),
    command(curlPreflight === undefined ? "Try" : "", curlRequest),
    command("Console", snippet),
  ];
}
