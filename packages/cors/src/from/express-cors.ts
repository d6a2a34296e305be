import { type Migration, type MigrationDraft, migrationDraft, migrationOfFunction, type Options } from "./migration.ts";
import {
  noteOptionsRequests,
  notePreflightContinue,
  translateDefaultMethods,
  translateExposedHeaders,
  translateMaxAge,
  translateMethods,
  translatePreflightStatus,
  translateReflectedHeaders,
  translateRequestHeaders,
} from "./translate-options.ts";
import { type OriginRules, translateOrigin } from "./translate-origins.ts";

export { type Migration, type Note, type NoteCode, type NoteSeverity, noteCodes } from "./migration.ts";

const known = [
  "origin",
  "methods",
  "allowedHeaders",
  // An older name of `allowedHeaders`.
  "headers",
  "exposedHeaders",
  "credentials",
  "maxAge",
  "preflightContinue",
  "optionsSuccessStatus",
] as const;

/** The options of `cors`, the middleware of Express (and of Nest on Express). */
export type ExpressCorsOptions = Options<(typeof known)[number]>;

const rules: OriginRules = {
  nested: true,
  anyInList: "text",
  expressions: "stateful",
  truthyAllowsAll: true,
  boxedText: true,
  disabled: "sends no CORS header at all, and passes preflights on",
};

/**
 * Translates the options of `cors` (2.8) into a policy. The policy allows nothing that the options did not; what was unsafe, never
 * worked or cannot be read stands in the notes.
 *
 * @see https://github.com/expressjs/cors#configuration-options
 *
 * @example
 * ```ts
 * import { definePolicy } from "@corsmith/cors";
 * import { fromExpressCors } from "@corsmith/cors/from/express-cors";
 *
 * const { policy, notes } = fromExpressCors({ origin: ["https://app.example.com", /example\.com$/], credentials: true });
 * console.assert(definePolicy(policy).allowOrigins.join() === "https://app.example.com");
 * console.assert(notes.some(({ code, path }) => code === "expression-unanchored" && path === "origin[1]"));
 * ```
 */
export function fromExpressCors(options: ExpressCorsOptions | ((...request: never[]) => unknown) = {}): Migration {
  if (typeof options === "function") return migrationOfFunction("cors", options);
  const draft = migrationDraft("cors", options, known);
  translateCredentials(draft, options.credentials);
  translateOrigin(draft, options, rules);
  translateLists(draft, options);
  if (options.maxAge !== undefined && options.maxAge !== null && options.maxAge !== "" && options.maxAge !== false)
    translateMaxAge(draft, options.maxAge);
  if (options.optionsSuccessStatus !== undefined) translatePreflightStatus(draft, options.optionsSuccessStatus);
  if (options.preflightContinue) notePreflightContinue(draft, options.preflightContinue);
  else noteOptionsRequests(draft);
  return draft;
}

function translateCredentials(draft: MigrationDraft, value: unknown): void {
  if (value === true) draft.policy.allowCredentials = true;
  if (!value || value === true) return;
  const message = `${draft.packageName} sends credentials only for true itself, so they never travelled.`;
  draft.note("credentials-not-true", "credentials", value, message, "If they are meant to: allowCredentials: true.");
}

function translateLists(draft: MigrationDraft, options: ExpressCorsOptions): void {
  if (Object.hasOwn(options, "methods")) translateMethods(draft, options.methods, "methods");
  else translateDefaultMethods(draft, ["PUT", "PATCH", "DELETE"], "methods");
  const [path, headers] = options.allowedHeaders
    ? ["allowedHeaders", options.allowedHeaders]
    : [options.headers ? "headers" : "allowedHeaders", options.headers];
  if (headers) translateRequestHeaders(draft, headers, path);
  else translateReflectedHeaders(draft, headers, path);
  if (options.exposedHeaders) translateExposedHeaders(draft, options.exposedHeaders, "exposedHeaders");
}
