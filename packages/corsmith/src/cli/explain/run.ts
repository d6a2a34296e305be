import { type Explained, explain, type Match, snippets } from "@corsmith/cors/explain";
import { type Har, HarError } from "@corsmith/cors/testing";
import { configError } from "../../config/config-finding.ts";
import { exitCode } from "../../terminal/exit-code.ts";
import { refuse } from "../../terminal/findings.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { wrapText } from "../../terminal/wrap-text.ts";
import { type ExplainReport, explainReport, formatCautions, formatExplained, snippetOf } from "./format.ts";
import { type ExplainFlags, factsOfFlags, flagFindings, InputError, readInput, type TextInput } from "./read.ts";
import { explainRecording } from "./recording.ts";

const endOfInput = process.platform === "win32" ? "Ctrl-Z, Enter" : "Ctrl-D";
const invitation = `Paste the whole error message from the browser's console (F12); then press Enter and ${endOfInput}.\n\n`;

/** `corsmith explain [TEXT]`: what a browser's message means, who can fix it, and what to write. */
export async function runExplain(
  words: readonly string[],
  flags: ExplainFlags,
  terminal: Terminal,
  input: TextInput,
): Promise<number> {
  const findings = flagFindings(flags);
  const isForProgram = flags.json === true;
  if (findings.length > 0) return refuse(findings, isForProgram, terminal);
  if (words.length === 0 && input.isTerminal) terminal.err.write(invitation);
  try {
    const given = await readInput(words, input);
    if ("text" in given) return print(withFlags(explain(given.text), flags), flags, terminal);
    const { explained, ...recording } = await explainRecording(given.har as Har);
    return print(withFlags(explained, flags), flags, terminal, recording);
  } catch (error) {
    if (!(error instanceof InputError || error instanceof HarError)) throw error;
    const fix = "Give the text itself, a file that holds it, or a recording saved by the network panel (.har).";
    return refuse([configError("usage", "TEXT", undefined, error.message, fix)], isForProgram, terminal);
  }
}

/** The flags know better than the text. */
function withFlags(explained: Explained, flags: ExplainFlags): Explained {
  if (explained.outcome === "unknown") return explained;
  const facts = factsOfFlags(flags);
  const matches = explained.matches.map((match) => ({ ...match, facts: { ...match.facts, ...facts } }));
  return { ...explained, matches };
}

function print(
  explained: Explained,
  { json, stack }: ExplainFlags,
  { out, err }: Terminal,
  recording?: ExplainReport["recording"],
): number {
  const code = explained.outcome === "known" ? exitCode.done : exitCode.unknown;
  if (json === true) {
    out.write(`${JSON.stringify(explainReport(explained, recording, stack), null, 2)}\n`);
    return code;
  }
  if (explained.outcome === "unknown") {
    const hint = wrapText(explained.hint, err.width).join("\n");
    err.write(`${[hint, formatCautions(explained.cautions, err)].filter((part) => part !== "").join("\n\n")}\n`);
    return code;
  }
  if (recording !== undefined) {
    const { requests, failed } = recording;
    err.write(`${failed} of ${requests} ${requests === 1 ? "request" : "requests"} to other origins failed.\n\n`);
  }
  const [match] = explained.matches;
  if (stack !== undefined && match !== undefined) return printLines(match, stack, { out, err });
  out.write(`${formatExplained(explained.matches, explained.cautions, out)}\n`);
  return code;
}

/** The lines alone go to the output, so that they can be put into a file. */
function printLines(match: Match, stack: string, { out, err }: Pick<Terminal, "out" | "err">): number {
  const { code, facts, explanation } = match;
  const found = snippetOf(match, stack);
  if (found !== undefined) {
    err.write(`${err.colors.dim(`${code}: ${found.title}`)}\n`);
    out.write(`${found.code}\n`);
    return exitCode.done;
  }
  const others = snippets(code, facts).map((snippet) => snippet.stack);
  const instead = others.length > 0 ? ` There are config snippets for ${others.join(", ")}.` : "";
  const fixes = explanation.fixes.map(({ who, what }) => `${who}: ${what}`);
  const lines = [`No config snippet for ${stack} fixes ${code}.${instead}`, ...fixes].flatMap((line) =>
    wrapText(line, err.width),
  );
  err.write(`${lines.join("\n")}\n`);
  return exitCode.unknown;
}
