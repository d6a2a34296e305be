import type { CheckReport } from "../../check/check-report.ts";
import { shellQuoted } from "../../live/curl-line.ts";
import { commandRow, row } from "../../terminal/report.ts";
import type { Style } from "../../terminal/wrap-text.ts";

/** What was seen, and what is likely behind it. */
export function formatReasons({ diagnosis, unreached }: CheckReport, style: Style): readonly string[] {
  if (unreached !== undefined) {
    const note = 'The console shows a network error; the page gets the same "Failed to fetch" as for a CORS error.';
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
export function formatFixes({ fixes: all }: CheckReport, style: Style): readonly string[] {
  return all.flatMap(({ who, what }, index) =>
    row(index === 0 ? "Fix" : "or", `${who}: ${what}`, style, style.colors.green),
  );
}

/** Where to read more. */
export function formatMore({ diagnosis, unreached, request }: CheckReport, style: Style): readonly string[] {
  const code = diagnosis?.code ?? unreached?.code;
  if (code === undefined) return [];
  const method = request.method === "GET" ? "" : ` --method ${shellQuoted(request.method)}`;
  return [commandRow("More", `corsmith explain ${code} --origin ${shellQuoted(request.origin)}${method}`, style)];
}

/** The header lines with which it would be allowed. */
export function formatExpectation({ verdict, expectation, failure }: CheckReport, style: Style): readonly string[] {
  if (verdict !== "blocked" || failure?.at === "nothing") return [];
  const { preflight, answer } = expectation;
  const list = (title: string, lines: readonly string[]): string[] => [title, ...lines.map((line) => `  ${line}`)];
  const texts = [
    ...(preflight === undefined ? [] : list("in the response to OPTIONS:", preflight)),
    ...list(preflight === undefined ? "in the response:" : "in the response to the request:", answer),
  ];
  return texts.flatMap((text, index) => row(index === 0 ? "Expect" : "", text, style));
}

/** The lines to write in the program that answers. */
export function formatSnippet({ snippet: found }: CheckReport, { colors }: Style): readonly string[] {
  if (found === undefined) return [];
  return [colors.dim(`  In ${found.title}:`), ...found.code.split("\n").map((line) => `    ${line}`.trimEnd())];
}

/** How to reproduce it. */
export function formatProof({ reproduction, verdict }: CheckReport, style: Style): readonly string[] {
  const { curlPreflight, curlRequest, console: snippet } = reproduction;
  if (verdict === "unreached") return [commandRow("Try", curlPreflight ?? curlRequest, style)];
  const commands = curlPreflight === undefined ? [curlRequest] : [curlPreflight, curlRequest];
  return [
    ...commands.map((command, index) => commandRow(index === 0 ? "Try" : "", command, style)),
    commandRow("Console", snippet, style),
  ];
}
