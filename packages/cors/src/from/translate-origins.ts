import { checkPolicy } from "../policy/check-policy.ts";
import type { MigrationDraft, Options } from "./migration.ts";
import { proposeOrigins } from "./propose-origins.ts";
import { type ExpressionReading, readExpression } from "./read-expression.ts";

/** How a package compares the entries of a list with `Origin`. */
export interface ListRules {
  /** Are lists in the list looked into? */
  readonly nested: boolean;
  /** Does `*` in a list mean any origin, or is it compared as text? */
  readonly anyInList: "any" | "text";
  /** Are expressions tried? `stateful`: with `g` or `y` they answer differently from one request to the next. */
  readonly expressions: "stateful" | "stateless" | "ignored";
  /** Does an entry that is neither text nor expression allow every origin, if it is truthy? */
  readonly truthyAllowsAll: boolean;
}

/** How a package reads its option `origin`, beside its lists. */
export interface OriginRules extends ListRules {
  /** Is a `String` object text? */
  readonly boxedText: boolean;
  /** What the package does for an origin that is not truthy. */
  readonly disabled: string;
}

/** Translates the option `origin` of a package for which everything else that is truthy means any origin. */
export function translateOrigin(draft: MigrationDraft, options: Options<"origin">, rules: OriginRules): void {
  const { origin } = options;
  if (!Object.hasOwn(options, "origin")) translateMissingOrigin(draft);
  else if (!origin) noteDisabled(draft, origin, rules.disabled);
  else if (origin === "*") translateAnyOrigin(draft, origin);
  else if (typeof origin === "string" || (rules.boxedText && origin instanceof String))
    translateStaticOrigin(draft, String(origin));
  else if (typeof origin === "function") refuseOriginFunction(draft, origin);
  else if (Array.isArray(origin) || origin instanceof RegExp) translateOriginList(draft, origin, rules);
  else translateReflection(draft, origin);
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
    translateAnyOrigin(draft, value);
    return;
  }
  keepOrigins(
    draft,
    entries.flatMap((entry) => translateEntry(draft, entry, rules)),
  );
}

/** Adds origins that a package compares as text; those that never matched are left out, with a note. */
export function keepTexts(draft: MigrationDraft, texts: readonly Candidate[]): void {
  keepOrigins(
    draft,
    texts.filter((text) => !refuseWildcard(draft, text)),
  );
}

/** In a policy the same text would be a pattern, and allow what the package did not. */
function refuseWildcard(draft: MigrationDraft, { path, entry }: Candidate): boolean {
  if (!entry.includes("*")) return false;
  draft.note(
    "wildcard-as-text",
    path,
    entry,
    `${draft.packageName} knows no wildcards in a text: it was compared with its star, and never matched. It is left out.`,
    `If it is meant as a pattern: ${proposeOrigins(draft, [entry])}`,
  );
  return true;
}

/** Adds those entries to the policy that a policy may have; a note for each of the others. */
function keepOrigins(draft: MigrationDraft, candidates: readonly Candidate[]): void {
  const kept = candidates.filter(({ path, entry }) => {
    const findings = checkPolicy({ allowOrigins: [entry], allowCredentials: draft.policy.allowCredentials === true });
    for (const finding of findings) {
      const allowed = /(?:-with-credentials|null|public-suffix|shared-host)$/.test(finding.code);
      const before = allowed ? "It was allowed until now, and is left out. " : "It never matched, and is left out. ";
      const message = before + finding.message;
      draft.notes.push({ ...finding, severity: allowed ? "error" : "warning", path, value: entry, message });
    }
    return findings.length === 0;
  });
  if (kept.length > 0) draft.policy.allowOrigins = [...new Set(kept.map(({ entry }) => entry))];
}

/** Translates an option that is not given, which means any origin. */
export function translateMissingOrigin(draft: MigrationDraft): void {
  noteDefaultOrigin(draft, undefined);
  translateAnyOrigin(draft, "*");
}

/** Notes that a package allows any origin if none is named. */
export function noteDefaultOrigin(draft: MigrationDraft, value: unknown): void {
  const message = `${draft.packageName} allows any origin if none is named; the policy says so.`;
  draft.note("default-any-origin", "origin", value, message, 'allowOrigins: "*"');
}

/** Translates `*`: it is one with credentials never, because browsers reject the combination. */
export function translateAnyOrigin(draft: MigrationDraft, value: unknown): void {
  draft.policy.allowOrigins = "*";
  if (draft.policy.allowCredentials !== true) return;
  delete draft.policy.allowCredentials;
  draft.note(
    "any-origin-with-credentials",
    "origin",
    value,
    `${draft.packageName} sends "*" together with credentials, which browsers refuse: requests with cookies were never readable. ` +
      "The policy keeps what worked, any origin without credentials.",
    'If cookies are meant to travel, name the origins: allowOrigins: ["https://app.example.com"], allowCredentials: true.',
  );
}

/** Translates an option by which every origin is sent back as allowed. */
export function translateReflection(draft: MigrationDraft, value: unknown): void {
  if (draft.policy.allowCredentials === true) {
    draft.note(
      "origin-reflected-with-credentials",
      "origin",
      value,
      `${draft.packageName} sends every origin back as allowed, with credentials: any site could act as the user and read the answer. ` +
        "There is no policy that says this.",
      'Name the origins: allowOrigins: ["https://app.example.com"].',
    );
    return;
  }
  draft.policy.allowOrigins = "*";
  draft.note(
    "origin-reflected",
    "origin",
    value,
    `${draft.packageName} sends every origin back as allowed. Without credentials "*" says the same, and one cached answer serves all.`,
    'allowOrigins: "*"',
  );
}

/** Translates a text that was sent to everybody, whatever origin asked. */
export function translateStaticOrigin(draft: MigrationDraft, value: string): void {
  keepTexts(draft, [{ path: "origin", entry: value }]);
  if (draft.policy.allowOrigins === undefined) return;
  draft.note(
    "origin-static",
    "origin",
    value,
    `${draft.packageName} sends this origin to everybody, and the browsers of others refuse. The policy sends it to this origin only.`,
    proposeOrigins(draft, [value]),
  );
}

/** Reports an origin that only running code knows. */
export function refuseOriginFunction(draft: MigrationDraft, value: unknown): void {
  draft.note(
    "origin-function",
    "origin",
    value,
    "Which origins are allowed is decided by a function, which cannot be read. One that returns its argument allows everybody.",
    "Name the origins, or ask your database: originLookup: { find: async (origin) => tenants.has(origin) }.",
  );
}

/** Notes that nothing was switched on, so that there is nothing to translate. */
export function noteDisabled(draft: MigrationDraft, value: unknown, what: string): void {
  draft.note(
    "origin-disabled",
    "origin",
    value,
    `With this origin ${draft.packageName} ${what}. No policy says that.`,
    "Register no adapter where no page of another origin may read.",
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
      const entries = translateExpression(draft, path, value, rules.expressions === "stateful");
      return entries.map((entry) => ({ path, entry }));
    }
    const message = `${draft.packageName} compares entries as text, so an expression never matched.`;
    draft.note("expression-ignored", path, String(value), message, "Write the origins out.");
    return [];
  }
  if (typeof value === "string") return translateText(draft, path, value);
  if (rules.truthyAllowsAll && value) {
    draft.note(
      "origin-entry-truthy",
      path,
      value,
      `${draft.packageName} allows every origin because of this entry: it is neither text nor expression, and only its truth is asked.`,
      value instanceof URL ? proposeOrigins(draft, [value.origin]) : "Write the origin as text.",
    );
    return [];
  }
  const message = `${draft.packageName} never matches an entry like this.`;
  draft.note("origin-entry-ignored", path, value, message, "Remove it, or write the origin as text.");
  return [];
}

function translateText(draft: MigrationDraft, path: string, entry: string): readonly Candidate[] {
  if (entry !== "*") return refuseWildcard(draft, { path, entry }) ? [] : [{ path, entry }];
  draft.note(
    "any-origin-in-list",
    path,
    entry,
    `${draft.packageName} compares "*" in a list as text, so it never matched any origin.`,
    'Remove it, or write allowOrigins: "*" alone if truly everyone may read.',
  );
  return [];
}

/** The entries that an expression stands for to the letter, with a note of how it was read; none if it is unsafe or not certain. */
function translateExpression(
  draft: MigrationDraft,
  path: string,
  expression: RegExp,
  stateful: boolean,
): readonly string[] {
  const reading = readExpression(expression);
  const fix = fixOf(draft, reading);
  draft.note(`expression-${reading.kind}`, path, String(expression), sentenceOf(reading, fix), fix);
  if (stateful && /[gy]/.test(expression.flags)) {
    draft.note(
      "expression-stateful",
      path,
      String(expression),
      `With the flag ${/[gy]/.exec(expression.flags)?.[0]} an expression remembers where it stopped: ${draft.packageName} allowed the same origin in one request and refused it in the next.`,
      "Nothing: entries of a policy have no state.",
    );
  }
  return reading.kind === "read" ? reading.entries : [];
}

function fixOf(draft: MigrationDraft, reading: ExpressionReading): string {
  if ("entries" in reading && reading.entries !== undefined) return proposeOrigins(draft, reading.entries);
  return 'Write the origins out, use a pattern ("https://*.example.com", "https://pr-*.example.com"), or let code decide: originLookup.';
}

function sentenceOf(reading: ExpressionReading, fix: string): string {
  // Whatever else an entry would be refused for is mended in a proposal.
  const isRefused = !fix.startsWith("allowOrigins: ");
  switch (reading.kind) {
    case "read":
      return isRefused
        ? "The expression stands for an entry that is refused."
        : "The expression stands for these entries, which take its place.";
    case "narrower":
      return isRefused
        ? "No entry says exactly what the expression does, and the nearest one is refused: it covers hosts that others can register. It is left out."
        : `No entry says exactly what the expression does: the nearest one also covers ${reading.beyond ?? "names that it refused"}, for example. It is left out; if that is no harm, take the proposal.`;
    case "unanchored":
      return `The expression is open at its start or its end${exampleOf(reading.unintended)}. It is left out.`;
    case "ambiguous":
      return `The expression matches more than it seems to (a bare dot is any character)${exampleOf(reading.unintended)}. It is left out.`;
    case "unreadable":
      return "What the expression stands for is not certain. It is left out.";
  }
}

function exampleOf(unintended: string | undefined): string {
  return unintended === undefined ? ", so it matches more than it says" : `: it allows ${unintended}, for example`;
}
