import { type Migration, type MigrationDraft, migrationDraft, type Options } from "./migration.ts";
import {
  noteOptionsRequests,
  translateDefaultMethods,
  translateExposedHeaders,
  translateMaxAge,
  translateMethods,
  translateReflectedHeaders,
  translateRequestHeaders,
} from "./translate-options.ts";
import {
  keepTexts,
  noteDisabled,
  refuseOriginFunction,
  translateAnyOrigin,
  translateMissingOrigin,
  translateOriginList,
} from "./translate-origins.ts";

export { type Migration, type Note, type NoteCode, type NoteSeverity, noteCodes } from "./migration.ts";

const known = ["origin", "allowMethods", "allowHeaders", "exposeHeaders", "credentials", "maxAge"] as const;

/** The options of `hono/cors`. */
export type HonoCorsOptions = Options<(typeof known)[number]>;

/**
 * Translates the options of `hono/cors` (4) into a policy. The policy allows nothing that the options did not; what was unsafe, never
 * worked or cannot be read stands in the notes.
 *
 * @see https://hono.dev/docs/middleware/builtin/cors#options
 *
 * @example
 * ```ts
 * import { fromHonoCors } from "@corsmith/cors/from/hono-cors";
 *
 * const { policy, notes } = fromHonoCors({ origin: ["https://app.example.com", "*"], allowHeaders: ["X-A"] });
 * console.assert(JSON.stringify(policy.allowOrigins) === '["https://app.example.com"]');
 * console.assert(notes.some(({ code }) => code === "any-origin-in-list"));
 * ```
 */
export function fromHonoCors(options: HonoCorsOptions = {}): Migration {
  const draft = migrationDraft("hono/cors", options, known);
  if (options.credentials) draft.policy.allowCredentials = true;
  translateOrigin(draft, options);
  translateAllowedMethods(draft, options);
  const { allowHeaders, exposeHeaders, maxAge } = options;
  if (isFilledList(draft, "allowHeaders", allowHeaders)) translateRequestHeaders(draft, allowHeaders, "allowHeaders");
  else translateReflectedHeaders(draft, allowHeaders, "allowHeaders");
  if (isFilledList(draft, "exposeHeaders", exposeHeaders))
    translateExposedHeaders(draft, exposeHeaders, "exposeHeaders");
  if (maxAge !== undefined && maxAge !== null) translateMaxAge(draft, maxAge);
  noteOptionsRequests(draft);
  return draft;
}

function translateOrigin(draft: MigrationDraft, options: HonoCorsOptions): void {
  const { origin } = options;
  if (!Object.hasOwn(options, "origin")) {
    translateMissingOrigin(draft);
  } else if (origin === "*") {
    translateAnyOrigin(draft, origin);
  } else if (typeof origin === "string") {
    keepTexts(draft, [{ path: "origin", entry: origin }]);
  } else if (typeof origin === "function") {
    refuseOriginFunction(draft, origin);
  } else if (Array.isArray(origin)) {
    translateOriginList(draft, origin, {
      nested: false,
      anyInList: "text",
      expressions: "ignored",
      truthyAllowsAll: false,
    });
  } else {
    noteDisabled(draft, origin, "answers every request with an error");
  }
}

function translateAllowedMethods(draft: MigrationDraft, options: HonoCorsOptions): void {
  const { allowMethods } = options;
  const path = "allowMethods";
  if (!Object.hasOwn(options, "allowMethods")) {
    translateDefaultMethods(draft, ["PUT", "DELETE", "PATCH", "QUERY"], path);
  } else if (Array.isArray(allowMethods)) {
    translateMethods(draft, allowMethods, path);
  } else if (typeof allowMethods === "function") {
    const message = "Which methods are allowed is decided by a function, which cannot be read. None is allowed now.";
    draft.note("methods-function", path, allowMethods, message, 'allowMethods: ["PUT", "PATCH", "DELETE"]');
  } else {
    noteIgnoredList(draft, path, allowMethods);
  }
}

/** A list with names in it. Text does not count: hono takes lists only, and fails on it. */
function isFilledList(draft: MigrationDraft, path: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value) noteIgnoredList(draft, path, value);
  return false;
}

function noteIgnoredList(draft: MigrationDraft, path: string, value: unknown): void {
  const message = `${draft.packageName} takes a list here, and nothing else worked. It is left out.`;
  draft.note("list-ignored", path, value, message, `Write the names as a list in the policy: ${path}: [].`);
}
