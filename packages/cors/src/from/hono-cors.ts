import { type Migration, type MigrationDraft, migrationDraft } from "./migration.ts";
import {
  noteDisabled,
  noteOptionsRequests,
  noteUnknownOptions,
  translateDefaultMethods,
  translateExposedHeaders,
  translateMaxAge,
  translateMethods,
  translateReflectedHeaders,
  translateRequestHeaders,
} from "./translate-options.ts";
import { keepTexts, refuseOriginFunction, translateAnyOrigin, translateOriginList } from "./translate-origins.ts";

export type { Migration } from "./migration.ts";
export { type Note, type NoteCode, type NoteSeverity, noteCodes } from "./migration.ts";

/** The options of `hono/cors`. */
export interface HonoCorsOptions {
  readonly origin?: unknown;
  readonly allowMethods?: unknown;
  readonly allowHeaders?: unknown;
  readonly exposeHeaders?: unknown;
  readonly credentials?: unknown;
  readonly maxAge?: unknown;
}

const packageName = "hono/cors";
const known = ["origin", "allowMethods", "allowHeaders", "exposeHeaders", "credentials", "maxAge"];

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
  const draft = migrationDraft();
  noteUnknownOptions(draft, { ...options }, known, packageName);
  if (options.credentials) draft.policy.allowCredentials = true;
  translateOrigin(draft, options);
  translateAllowedMethods(draft, options);
  const { allowHeaders, exposeHeaders, maxAge } = options;
  if (isFilledList(draft, "allowHeaders", allowHeaders))
    translateRequestHeaders(draft, allowHeaders, { packageName, path: "allowHeaders" });
  else translateReflectedHeaders(draft, allowHeaders, { packageName, path: "allowHeaders" });
  if (isFilledList(draft, "exposeHeaders", exposeHeaders))
    translateExposedHeaders(draft, exposeHeaders, { packageName, path: "exposeHeaders" });
  if (maxAge !== undefined && maxAge !== null) translateMaxAge(draft, maxAge);
  noteOptionsRequests(draft, `${packageName} answered every OPTIONS request itself.`);
  return draft;
}

function translateOrigin(draft: MigrationDraft, options: HonoCorsOptions): void {
  const { origin } = options;
  if (!Object.hasOwn(options, "origin")) {
    const message = `${packageName} allows any origin if none is named; the policy says so.`;
    draft.note("default-any-origin", "info", "origin", undefined, message, 'allowOrigins: "*"');
    translateAnyOrigin(draft, "*", packageName);
  } else if (origin === "*") {
    translateAnyOrigin(draft, origin, packageName);
  } else if (typeof origin === "string") {
    keepTexts(draft, [{ path: "origin", entry: origin }], packageName);
  } else if (typeof origin === "function") {
    refuseOriginFunction(draft, origin);
  } else if (Array.isArray(origin)) {
    translateOriginList(draft, origin, {
      packageName,
      nested: false,
      anyInList: "text",
      expressions: "ignored",
      truthyAllowsAll: false,
    });
  } else {
    noteDisabled(draft, origin, packageName, "answers every request with an error");
  }
}

function translateAllowedMethods(draft: MigrationDraft, options: HonoCorsOptions): void {
  const { allowMethods } = options;
  const from = { packageName, path: "allowMethods" };
  if (!Object.hasOwn(options, "allowMethods")) {
    translateDefaultMethods(draft, ["PUT", "DELETE", "PATCH", "QUERY"], from);
  } else if (Array.isArray(allowMethods)) {
    translateMethods(draft, allowMethods, from);
  } else if (typeof allowMethods === "function") {
    const message = "Which methods are allowed is decided by a function, which cannot be read. None is allowed now.";
    draft.note(
      "methods-function",
      "error",
      from.path,
      allowMethods,
      message,
      'allowMethods: ["PUT", "PATCH", "DELETE"]',
    );
  } else {
    noteIgnoredList(draft, from.path, allowMethods);
  }
}

/** A list with names in it. Text is none: hono takes lists only, and fails on it. */
function isFilledList(draft: MigrationDraft, path: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value) noteIgnoredList(draft, path, value);
  return false;
}

function noteIgnoredList(draft: MigrationDraft, path: string, value: unknown): void {
  const message = `${packageName} takes a list here, and nothing else worked. It is left out.`;
  draft.note("list-ignored", "warning", path, value, message, `Write the names as a list in the policy: ${path}: [].`);
}
