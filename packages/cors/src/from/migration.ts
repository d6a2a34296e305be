import type { Finding, FindingCode, PolicySeverity } from "../finding.ts";
import { nearestName } from "../policy/nearest-name.ts";
import type { PolicyInput } from "../policy/policy-input.ts";

/**
 * What a note means for the move: an `error` was unsafe or cannot be carried over, and a person must decide; a `warning` never worked,
 * or works differently now; an `info` was implied and is written out now.
 */
export type NoteSeverity = PolicySeverity | "info";

const severities = {
  "any-origin-in-list": "warning",
  "any-origin-with-credentials": "error",
  "credentials-function": "error",
  "credentials-not-true": "warning",
  "default-any-origin": "info",
  "default-methods": "info",
  "error-headers": "info",
  "expression-ambiguous": "error",
  "expression-ignored": "warning",
  "expression-narrower": "error",
  "expression-read": "info",
  "expression-stateful": "warning",
  "expression-unanchored": "error",
  "expression-unreadable": "error",
  "headers-any-authorization": "warning",
  "headers-any-with-credentials": "warning",
  "headers-reflected": "info",
  "late-hook": "warning",
  "list-ignored": "warning",
  "max-age-dropped": "warning",
  "max-age-rewritten": "info",
  "method-never-matched": "warning",
  "methods-any-with-credentials": "warning",
  "methods-function": "error",
  "option-unknown": "warning",
  "option-without-counterpart": "warning",
  "options-function": "error",
  "options-requests": "info",
  "origin-disabled": "warning",
  "origin-entry-ignored": "warning",
  "origin-entry-truthy": "error",
  "origin-function": "error",
  "origin-reflected": "info",
  "origin-reflected-with-credentials": "error",
  "origin-static": "info",
  "preflight-continue": "warning",
  "preflight-off": "warning",
  "preflight-status": "warning",
  "safelisted-methods": "info",
  "wildcard-as-text": "warning",
} as const;

type OwnCode = keyof typeof severities;

/** The codes that notes have beside those of a policy's findings. The meaning of a code never changes. */
export const noteCodes: readonly OwnCode[] = Object.keys(severities) as OwnCode[];

/** The code of a note: one of {@link noteCodes}, or that of the finding which an option would be in a policy. */
export type NoteCode = OwnCode | FindingCode;

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
  /** Whose options they are. */
  readonly packageName: string;
  readonly policy: { -readonly [Key in keyof PolicyInput]: PolicyInput[Key] };
  readonly notes: Note[];
  readonly note: (code: OwnCode, path: string, value: unknown, message: string, fix: string) => void;
}

/** The options of a package, by their names. */
export type Options<Name extends string> = { readonly [Key in Name]?: unknown };

/** An empty migration, with a note of every option that the package has never read: usually one of another package's. */
export function migrationDraft(
  packageName: string,
  options: Readonly<Record<string, unknown>> = {},
  known: readonly string[] = [],
): MigrationDraft {
  const notes: Note[] = [];
  const draft: MigrationDraft = {
    packageName,
    policy: {},
    notes,
    note: (code, path, value, message, fix) =>
      notes.push({ code, severity: severities[code], path, value, message, fix }),
  };
  for (const [name, value] of Object.entries(options))
    if (!known.includes(name)) noteUnknown(draft, name, value, known);
  return draft;
}

function noteUnknown(
  { packageName, note }: MigrationDraft,
  name: string,
  value: unknown,
  known: readonly string[],
): void {
  const near = nearestName(name, known);
  const fix =
    near === undefined ? "Remove it." : `It was probably meant as ${near}; write that in the policy if it still is.`;
  note("option-unknown", name, value, `${packageName} has no option ${name}, and never read it.`, fix);
}

/** The migration of options that only running code knows. */
export function migrationOfFunction(packageName: string, value: unknown): Migration {
  const draft = migrationDraft(packageName);
  draft.note(
    "options-function",
    "",
    value,
    "The options come from a function of the request, which cannot be read.",
    "Register one policy a route; for origins from a database use originLookup: { find: async (origin) => false }.",
  );
  return draft;
}
