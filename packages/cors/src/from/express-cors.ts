import { type Migration, type MigrationDraft, migrationDraft, migrationOfFunction } from "./migration.ts";
import {
  noteDisabled,
  noteOptionsRequests,
  notePreflightContinue,
  noteUnknownOptions,
  translateDefaultMethods,
  translateExposedHeaders,
  translateMaxAge,
  translateMethods,
  translatePreflightStatus,
  translateReflectedHeaders,
  translateRequestHeaders,
} from "./translate-options.ts";
import {
  refuseOriginFunction,
  translateAnyOrigin,
  translateOriginList,
  translateReflection,
  translateStaticOrigin,
} from "./translate-origins.ts";

export type { Migration } from "./migration.ts";
export { type Note, type NoteCode, type NoteSeverity, noteCodes } from "./migration.ts";

/** The options of `cors`, the middleware of Express (and of Nest on Express). */
export interface ExpressCorsOptions {
  readonly origin?: unknown;
  readonly methods?: unknown;
  readonly allowedHeaders?: unknown;
  /** An older name of `allowedHeaders`. */
  readonly headers?: unknown;
  readonly exposedHeaders?: unknown;
  readonly credentials?: unknown;
  readonly maxAge?: unknown;
  readonly preflightContinue?: unknown;
  readonly optionsSuccessStatus?: unknown;
}

const packageName = "cors";
const known = [
  "origin",
  "methods",
  "allowedHeaders",
  "headers",
  "exposedHeaders",
  "credentials",
  "maxAge",
  "preflightContinue",
  "optionsSuccessStatus",
];

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
  if (typeof options === "function") return migrationOfFunction(options);
  const draft = migrationDraft();
  noteUnknownOptions(draft, { ...options }, known, packageName);
  translateCredentials(draft, options.credentials);
  translateOrigin(draft, options);
  translateLists(draft, options);
  if (options.maxAge !== undefined && options.maxAge !== null && options.maxAge !== "" && options.maxAge !== false)
    translateMaxAge(draft, options.maxAge);
  if (options.optionsSuccessStatus !== undefined)
    translatePreflightStatus(draft, "optionsSuccessStatus", options.optionsSuccessStatus);
  if (options.preflightContinue) notePreflightContinue(draft, options.preflightContinue);
  else noteOptionsRequests(draft, `${packageName} answered every OPTIONS request itself.`);
  return draft;
}

function translateCredentials(draft: MigrationDraft, value: unknown): void {
  if (value === true) draft.policy.allowCredentials = true;
  if (!value || value === true) return;
  const message = `${packageName} sends credentials only for true itself, so they never travelled.`;
  draft.note(
    "credentials-not-true",
    "warning",
    "credentials",
    value,
    message,
    "If they are meant to: allowCredentials: true.",
  );
}

function translateOrigin(draft: MigrationDraft, options: ExpressCorsOptions): void {
  const { origin } = options;
  if (!Object.hasOwn(options, "origin")) {
    const message = `${packageName} allows any origin if none is named; the policy says so.`;
    draft.note("default-any-origin", "info", "origin", undefined, message, 'allowOrigins: "*"');
    translateAnyOrigin(draft, "*", packageName);
  } else if (!origin) {
    noteDisabled(draft, origin, packageName, "sends no CORS header at all, and passes preflights on");
  } else if (origin === "*") {
    translateAnyOrigin(draft, origin, packageName);
  } else if (typeof origin === "string" || origin instanceof String) {
    translateStaticOrigin(draft, String(origin), packageName);
  } else if (typeof origin === "function") {
    refuseOriginFunction(draft, origin);
  } else if (Array.isArray(origin) || origin instanceof RegExp) {
    translateOriginList(draft, origin, {
      packageName,
      nested: true,
      anyInList: "text",
      expressions: "stateful",
      truthyAllowsAll: true,
    });
  } else {
    translateReflection(draft, origin, packageName);
  }
}

function translateLists(draft: MigrationDraft, options: ExpressCorsOptions): void {
  if (Object.hasOwn(options, "methods")) translateMethods(draft, options.methods, { packageName, path: "methods" });
  else translateDefaultMethods(draft, ["PUT", "PATCH", "DELETE"], { packageName, path: "methods" });
  const [path, headers] = options.allowedHeaders
    ? ["allowedHeaders", options.allowedHeaders]
    : [options.headers ? "headers" : "allowedHeaders", options.headers];
  if (headers) translateRequestHeaders(draft, headers, { packageName, path });
  else translateReflectedHeaders(draft, headers, { packageName, path });
  if (options.exposedHeaders)
    translateExposedHeaders(draft, options.exposedHeaders, { packageName, path: "exposedHeaders" });
}
