import { type Explained, explain, type Match, snippets } from "@corsmith/cors/explain";
import { type Har, HarError } from "@corsmith/cors/testing";
import type { ConfigFinding } from "../../config/config-finding.ts";
import { exitCode } from "../../terminal/exit-code.ts";
import { findingsReport, formatFindings } from "../../terminal/findings.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { wrapText } from "../../terminal/wrap-text.ts";
import { type ExplainReport, explainReport, formatCautions, formatExplained } from "./format.ts";
import { type ExplainFlags, factsOfFlags, flagFindings, InputError, readInput, type TextInput } from "./read.ts";
import { explainRecording } from "./recording.ts";

const invitation = `Paste the red line from the browser's console (F12), all of it; then press Enter and ${process.platform === "win32" ? "Ctrl-Z, Enter" : "Ctrl-D"}.\n\n`;

/** `corsmith explain [TEXT]`: what a browser's message means, who can end it, and what to write. */
export async function runExplain(
  words: readonly string[],
  flags: ExplainFlags,
  terminal: Terminal,
  input: TextInput,
): Promise<number> {
  const findings = flagFindings(flags);
  if (findings.length > 0) return refuse(findings, flags, terminal);
  if (words.length === 0 && input.isTerminal) terminal.err.write(invitation);
  try {
    const { explained, recording } = await explainInput(words, input);
    return tell(withFacts(explained, flags), flags, terminal, recording);
  } catch (error) {
    if (error instanceof InputError || error instanceof HarError) return refuse([inputFinding(error)], flags, terminal);
    throw error;
  }
}

type Recording = ExplainReport["recording"];

async function explainInput(
  words: readonly string[],
  input: TextInput,
): Promise<{ readonly explained: Explained; readonly recording?: Recording }> {
  const given = await readInput(words, input);
  if (given.kind === "text") return { explained: explain(given.text) };
  const { explained, ...recording } = await explainRecording(given.har as Har);
  return { explained, recording };
}

/** The flags know better than the text. */
function withFacts(explained: Explained, flags: ExplainFlags): Explained {
  if (explained.outcome === "unknown") return explained;
  const told = factsOfFlags(flags);
  return {
    ...explained,
    matches: explained.matches.map((match) => ({ ...match, facts: { ...match.facts, ...told } })),
  };
}

function tell(explained: Explained, { json, stack }: ExplainFlags, terminal: Terminal, recording: Recording): number {
  const code = explained.outcome === "known" ? exitCode.done : exitCode.unknown;
  if (json === true) {
    terminal.out.write(
      `${JSON.stringify(explainReport(explained, { stack, ...(recording && { recording }) }), null, 2)}\n`,
    );
    return code;
  }
  if (explained.outcome === "unknown") {
    const cautions = explained.cautions.length > 0 ? `\n\n${formatCautions(explained.cautions, terminal.err)}` : "";
    terminal.err.write(`${wrapText(explained.hint, terminal.err.width).join("\n")}${cautions}\n`);
    return code;
  }
  if (recording !== undefined) {
    const { requests, failed } = recording;
    terminal.err.write(
      `${failed} of ${requests} ${requests === 1 ? "request" : "requests"} to other origins failed.\n\n`,
    );
  }
  if (stack !== undefined) return printLines(explained.matches, stack, terminal);
  terminal.out.write(`${formatExplained(explained.matches, explained.cautions, terminal.out)}\n`);
  return code;
}

/** The lines alone go out, so that they can be put into a file. */
function printLines([match]: readonly Match[], stack: string, { out, err }: Terminal): number {
  if (match === undefined) return exitCode.unknown;
  const all = snippets(match.code, match.facts);
  const found = all.find((snippet) => snippet.stack === stack);
  if (found !== undefined) {
    err.write(`${err.colors.dim(`${match.code}: ${found.title}`)}\n`);
    out.write(`${found.code}\n`);
    return exitCode.done;
  }
  const instead = all.length > 0 ? ` There are some for ${all.map((snippet) => snippet.stack).join(", ")}.` : "";
  const fixes = match.explanation.fixes.map(({ who, what }) => `${who}: ${what}`);
  err.write(
    `${[`No lines for ${stack} end ${match.code}.${instead}`, ...fixes].flatMap((line) => wrapText(line, err.width)).join("\n")}\n`,
  );
  return exitCode.unknown;
}

function inputFinding({ message }: Error): ConfigFinding {
  const fix = "Give the text itself, or a file with it, or a recording that the network panel saved (.har).";
  return { code: "usage", severity: "error", path: "TEXT", value: undefined, message, fix };
}

function refuse(findings: readonly ConfigFinding[], { json }: ExplainFlags, { out, err }: Terminal): number {
  if (json === true) out.write(findingsReport(findings));
  else err.write(`${formatFindings(findings, err)}\n`);
  return exitCode.refused;
}
