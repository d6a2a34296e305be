import {
  type Caution,
  type Explained,
  type ExplanationCode,
  type Facts,
  type Fix,
  type Match,
  type Possibility,
  type Reporter,
  type Section,
  type Snippet,
  snippets,
} from "@corsmith/cors/explain";
import { nextCommand } from "./next-command.ts";

/** What `--json` prints. The keys are stable: others may be added, none changes its meaning. */
export interface ExplainReport {
  readonly outcome: Explained["outcome"];
  /** Best first; empty if nothing is known. */
  readonly matches: readonly ReportedMatch[];
  /** What the text suggests and should not be done. */
  readonly cautions: readonly Caution[];
  /** Was the text longer than what is read? */
  readonly truncated: boolean;
  /** What to give instead; only where nothing is known. */
  readonly hint?: string;
  /** Only for a recording: how many requests to other origins it holds, and how many of them failed. */
  readonly recording?: { readonly requests: number; readonly failed: number };
}

/** One failure, with its explanation. */
export interface ReportedMatch {
  readonly code: ExplanationCode;
  readonly kind: string;
  readonly phase: string;
  readonly title: string;
  readonly certainty: Match["certainty"];
  readonly why: string;
  /** Whose words they are; null for a library, a server, a code or a recording. */
  readonly engine: Reporter | null;
  readonly facts: Facts;
  readonly times: number;
  readonly rule: string;
  readonly section: Section;
  readonly causes: readonly string[];
  readonly fixes: readonly Fix[];
  readonly others: readonly Possibility[];
  readonly seeAlso: readonly ExplanationCode[];
  /** The command that judges the request anew; null where none can. */
  readonly next: string | null;
  /** Only with `--stack`: the lines for this stack; null where none end the failure. */
  readonly snippet?: Snippet | null;
}

/** The report of what was found. */
export function explainReport(
  explained: Explained,
  { recording, stack }: { readonly recording?: ExplainReport["recording"]; readonly stack?: string | undefined },
): ExplainReport {
  const { outcome, cautions, truncated } = explained;
  return {
    outcome,
    matches: outcome === "known" ? explained.matches.map((match) => reported(match, stack)) : [],
    cautions,
    truncated,
    ...(outcome === "unknown" && { hint: explained.hint }),
    ...(recording !== undefined && { recording }),
  };
}

function reported(match: Match, stack: string | undefined): ReportedMatch {
  const { code, explanation, certainty, why, engine, facts, times, others } = match;
  const { kind, phase, title, rule, section, causes, fixes, seeAlso } = explanation;
  return {
    code,
    kind,
    phase,
    title,
    certainty,
    why,
    engine: engine ?? null,
    facts,
    times,
    rule,
    section,
    causes,
    fixes,
    others,
    seeAlso,
    next: nextCommand(explanation, facts) ?? null,
    ...(stack !== undefined && { snippet: snippets(code, facts).find((one) => one.stack === stack) ?? null }),
  };
}
