import { checkPolicy } from "../policy/define-policy.ts";
import type { MigrationDraft } from "./migration.ts";
import { translateExpression } from "./translate-expression.ts";

/** How a package compares the entries of a list with `Origin`. */
export interface ListRules {
  readonly packageName: string;
  /** Are lists in the list looked into? */
  readonly nested: boolean;
  /** Does `*` in a list mean any origin, or is it compared as text? */
  readonly anyInList: "any" | "text";
  /** Are expressions tried? `stateful`: with `g` or `y` they answer differently from one request to the next. */
  readonly expressions: "stateful" | "stateless" | "ignored";
  /** Does an entry that is neither text nor expression allow every origin, if it is truthy? */
  readonly truthyAllowsAll: boolean;
}

/** An entry of the policy, with the place in the old options that it came from. */
interface Candidate {
  readonly path: string;
  readonly entry: string;
}

/**
 * Translates a list of origins (or one expression) into `allowOrigins`. An entry that is unsafe, that never matched or that cannot be
 * read is left out, with a note.
 */
export function translateOriginList(draft: MigrationDraft, value: unknown, rules: ListRules): void {
  const entries = Array.isArray(value) ? flatten(value, "origin", rules.nested) : [{ path: "origin", value }];
  if (rules.anyInList === "any" && Array.isArray(value) && value.includes("*")) {
    translateAnyOrigin(draft, value, rules.packageName);
    return;
  }
  keepOrigins(
    draft,
    entries.flatMap((entry) => translateEntry(draft, entry, rules)),
  );
}

/** Adds origins that a package compares as text; those that never matched are left out, with a note. */
export function keepTexts(draft: MigrationDraft, texts: readonly Candidate[], packageName: string): void {
  keepOrigins(
    draft,
    texts.filter((text) => !refuseWildcard(draft, text, packageName)),
  );
}

/** In a policy the same text would be a pattern, and allow what the package did not. */
function refuseWildcard(draft: MigrationDraft, { path, entry }: Candidate, packageName: string): boolean {
  if (!entry.includes("*")) return false;
  draft.note(
    "wildcard-as-text",
    "warning",
    path,
    entry,
    `${packageName} knows no wildcards in a text: it was compared with its star, and never matched. It is left out.`,
    `If it is meant as a pattern: allowOrigins: ${JSON.stringify([entry])}`,
  );
  return true;
}

/** Adds those entries to the policy that a policy may have; a note for each of the others. */
function keepOrigins(draft: MigrationDraft, candidates: readonly Candidate[]): void {
  const kept = candidates.filter(({ path, entry }) => {
    const findings = checkPolicy({ allowOrigins: [entry], allowCredentials: draft.policy.allowCredentials === true });
    for (const { code, message, fix } of findings) {
      const consequence = code.endsWith("-with-credentials") || code.endsWith("null") || code.endsWith("public-suffix");
      const before = consequence
        ? "It was allowed until now, and is left out. "
        : "It never matched, and is left out. ";
      draft.note(code, consequence ? "error" : "warning", path, entry, before + message, fix);
    }
    return findings.length === 0;
  });
  if (kept.length > 0) draft.policy.allowOrigins = [...new Set(kept.map(({ entry }) => entry))];
}

/** Translates `*`: it is one with credentials never, because browsers refuse the pair. */
export function translateAnyOrigin(draft: MigrationDraft, value: unknown, packageName: string): void {
  draft.policy.allowOrigins = "*";
  if (draft.policy.allowCredentials !== true) return;
  delete draft.policy.allowCredentials;
  draft.note(
    "any-origin-with-credentials",
    "error",
    "origin",
    value,
    `${packageName} sends "*" together with credentials, which browsers refuse: requests with cookies were never readable. ` +
      "The policy keeps what worked, any origin without credentials.",
    'If cookies are meant to travel, name the origins: allowOrigins: ["https://app.example.com"], allowCredentials: true.',
  );
}

/** Translates an option by which every origin is sent back as allowed. */
export function translateReflection(draft: MigrationDraft, value: unknown, packageName: string): void {
  if (draft.policy.allowCredentials === true) {
    draft.note(
      "origin-reflected-with-credentials",
      "error",
      "origin",
      value,
      `${packageName} sends every origin back as allowed, with credentials: any site could act as the user and read the answer. ` +
        "There is no policy that says this.",
      'Name the origins: allowOrigins: ["https://app.example.com"].',
    );
    return;
  }
  draft.policy.allowOrigins = "*";
  draft.note(
    "origin-reflected",
    "info",
    "origin",
    value,
    `${packageName} sends every origin back as allowed. Without credentials "*" says the same, and one cached answer serves all.`,
    'allowOrigins: "*"',
  );
}

/** Translates a text that was sent to everybody, whatever origin asked. */
export function translateStaticOrigin(draft: MigrationDraft, value: string, packageName: string): void {
  keepTexts(draft, [{ path: "origin", entry: value }], packageName);
  if (draft.policy.allowOrigins === undefined) return;
  draft.note(
    "origin-static",
    "info",
    "origin",
    value,
    `${packageName} sends this origin to everybody, and the browsers of others refuse. The policy sends it to this origin only.`,
    `allowOrigins: ${JSON.stringify([value])}`,
  );
}

/** Reports an origin that only running code knows. */
export function refuseOriginFunction(draft: MigrationDraft, value: unknown): void {
  draft.note(
    "origin-function",
    "error",
    "origin",
    value,
    "Which origins are allowed is decided by a function, which cannot be read. One that returns its argument allows everybody.",
    "Name the origins, or ask your database: originLookup: { find: async (origin) => tenants.has(origin) }.",
  );
}

interface ListEntry {
  readonly path: string;
  readonly value: unknown;
}

function flatten(list: readonly unknown[], path: string, nested: boolean): readonly ListEntry[] {
  return Array.from(list).flatMap((value, index) => {
    const place = `${path}[${index}]`;
    return nested && Array.isArray(value) ? flatten(value, place, nested) : [{ path: place, value }];
  });
}

function translateEntry(draft: MigrationDraft, { path, value }: ListEntry, rules: ListRules): readonly Candidate[] {
  if (value instanceof RegExp) {
    if (rules.expressions !== "ignored") {
      const entries = translateExpression(draft, path, value, rules);
      return entries.map((entry) => ({ path, entry }));
    }
    const message = `${rules.packageName} compares entries as text, so an expression never matched.`;
    draft.note("expression-ignored", "warning", path, String(value), message, "Write the origins out.");
    return [];
  }
  if (typeof value === "string") return translateText(draft, path, value, rules);
  if (rules.truthyAllowsAll && value) {
    draft.note(
      "origin-entry-truthy",
      "error",
      path,
      value,
      `${rules.packageName} allows every origin because of this entry: it is neither text nor expression, and only its truth is asked.`,
      value instanceof URL ? value.origin : "Write the origin as text.",
    );
    return [];
  }
  const message = `${rules.packageName} never matches an entry like this.`;
  draft.note("origin-entry-ignored", "warning", path, value, message, "Remove it, or write the origin as text.");
  return [];
}

function translateText(draft: MigrationDraft, path: string, entry: string, rules: ListRules): readonly Candidate[] {
  if (entry !== "*") return refuseWildcard(draft, { path, entry }, rules.packageName) ? [] : [{ path, entry }];
  draft.note(
    "any-origin-in-list",
    "warning",
    path,
    entry,
    `${rules.packageName} compares "*" in a list as text, so it never matched any origin.`,
    'Remove it, or write allowOrigins: "*" alone if truly everybody may read.',
  );
  return [];
}
