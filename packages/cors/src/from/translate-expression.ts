import type { MigrationDraft } from "./migration.ts";
import { type ExpressionReading, readExpression } from "./read-expression.ts";
import type { ListRules } from "./translate-origins.ts";

/** The entries that an expression stands for to the letter, with a note of how it was read; none if it is unsafe or not certain. */
export function translateExpression(
  draft: MigrationDraft,
  path: string,
  expression: RegExp,
  rules: ListRules,
): readonly string[] {
  const reading = readExpression(expression);
  const note = describeReading(reading);
  draft.note(note.code, note.severity, path, String(expression), note.message, note.fix);
  if (rules.expressions === "stateful" && /[gy]/.test(expression.flags)) {
    draft.note(
      "expression-stateful",
      "warning",
      path,
      String(expression),
      `With the flag ${/[gy]/.exec(expression.flags)?.[0]} an expression remembers where it stopped: ${rules.packageName} allowed the same origin in one request and refused it in the next.`,
      "Nothing: entries of a policy have no state.",
    );
  }
  return reading.kind === "read" ? reading.entries : [];
}

interface ReadingNote {
  readonly code:
    | "expression-read"
    | "expression-narrower"
    | "expression-unanchored"
    | "expression-ambiguous"
    | "expression-unreadable";
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  readonly fix: string;
}

function describeReading(reading: ExpressionReading): ReadingNote {
  switch (reading.kind) {
    case "read":
      return {
        code: "expression-read",
        severity: "info",
        message: "The expression stands for these entries, which take its place.",
        fix: proposal(reading.entries),
      };
    case "narrower":
      return {
        code: "expression-narrower",
        severity: "error",
        message:
          "The expression allows some subdomains or ports only, which no entry can say. It is left out; the proposal allows all of them.",
        fix: proposal(reading.entries),
      };
    case "unanchored":
      return {
        code: "expression-unanchored",
        severity: "error",
        message: `The expression is open at its start or its end${letsIn(reading.stranger)}. It is left out.`,
        fix: proposal(reading.entries),
      };
    case "ambiguous":
      return {
        code: "expression-ambiguous",
        severity: "error",
        message: `The expression matches more than it seems to (a bare dot is any character)${letsIn(reading.stranger)}. It is left out.`,
        fix: proposal(reading.entries),
      };
    case "unreadable":
      return {
        code: "expression-unreadable",
        severity: "error",
        message: "What the expression stands for is not certain. It is left out.",
        fix: proposal(undefined),
      };
  }
}

function letsIn(stranger: string | undefined): string {
  return stranger === undefined ? ", so it matches more than it says" : `: it lets in ${stranger}, for example`;
}

function proposal(entries: readonly string[] | undefined): string {
  return entries === undefined
    ? 'Write the origins out, or use a pattern of whole labels: "https://*.example.com".'
    : `allowOrigins: ${JSON.stringify(entries)}`;
}
