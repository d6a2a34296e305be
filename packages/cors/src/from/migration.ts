import type { Finding, FindingCode, PolicySeverity } from "../finding.ts";
import type { PolicyInput } from "../policy/policy-input.ts";

/**
 * What a note means for the move: an `error` was unsafe or cannot be carried over, and a person must decide; a `warning` never worked,
 * or works differently now; an `info` was implied and is written out now.
 */
export type NoteSeverity = PolicySeverity | "info";

/** The codes that notes have beside those of a policy's findings. The meaning of a code never changes. */
export const noteCodes = [
  "any-origin-in-list",
  "any-origin-with-credentials",
  "credentials-function",
  "credentials-not-true",
  "default-any-origin",
  "default-methods",
  "error-headers",
  "expression-ambiguous",
  "expression-ignored",
  "expression-narrower",
  "expression-read",
  "expression-stateful",
  "expression-unanchored",
  "expression-unreadable",
  "headers-any-authorization",
  "headers-any-with-credentials",
  "headers-reflected",
  "late-hook",
  "list-ignored",
  "max-age-dropped",
  "max-age-rewritten",
  "methods-any-with-credentials",
  "methods-function",
  "option-unknown",
  "option-without-counterpart",
  "options-function",
  "options-requests",
  "origin-disabled",
  "origin-entry-ignored",
  "origin-entry-truthy",
  "origin-function",
  "origin-reflected",
  "origin-reflected-with-credentials",
  "origin-static",
  "preflight-continue",
  "preflight-off",
  "preflight-status",
  "safelisted-methods",
  "wildcard-as-text",
] as const;

/** The code of a note: one of {@link noteCodes}, or that of the finding which an option would be in a policy. */
export type NoteCode = (typeof noteCodes)[number] | FindingCode;

/**
 * One thing that a person should know about a move: `path` is in the old options, `message` says what the old package did with the value
 * and what happens to it now, and `fix` is what to write in the policy, where that can be worked out.
 */
export type Note = Finding<NoteCode, NoteSeverity>;

/**
 * What another package's options come to. The policy allows nothing that the package did not allow: what was unsafe or cannot be read is
 * left out of it, and stands in the notes. If no origin is left, `allowOrigins` is absent, and `definePolicy` refuses it.
 */
export interface Migration {
  readonly policy: PolicyInput;
  readonly notes: readonly Note[];
}

/** A migration while it is made. */
export interface MigrationDraft {
  readonly policy: { -readonly [Key in keyof PolicyInput]: PolicyInput[Key] };
  readonly notes: Note[];
  readonly note: (
    code: NoteCode,
    severity: NoteSeverity,
    path: string,
    value: unknown,
    message: string,
    fix: string,
  ) => void;
}

/** An empty migration. */
export function migrationDraft(): MigrationDraft {
  const notes: Note[] = [];
  return {
    policy: {},
    notes,
    note: (code, severity, path, value, message, fix) => notes.push({ code, severity, path, value, message, fix }),
  };
}

/** The migration of options that only running code knows. */
export function migrationOfFunction(value: unknown): Migration {
  const draft = migrationDraft();
  draft.note(
    "options-function",
    "error",
    "",
    value,
    "The options come from a function of the request, which cannot be read.",
    "Register one policy a route; for origins from a database use originLookup: { find: async (origin) => false }.",
  );
  return draft;
}
