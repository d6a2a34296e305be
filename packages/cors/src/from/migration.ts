import type { PolicyInput } from "../policy/policy-input.ts";
import type { Note, NoteCode, NoteSeverity } from "./note.ts";

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
