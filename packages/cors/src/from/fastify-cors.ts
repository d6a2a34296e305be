import { type Migration, type MigrationDraft, migrationDraft, migrationOfFunction } from "./migration.ts";
import {
  noteDisabled,
  noteOptionsRequests,
  notePreflightContinue,
  noteUnknownOptions,
  noteWithoutCounterpart,
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

/** The options of `@fastify/cors` (also those of Nest on Fastify). */
export interface FastifyCorsOptions {
  readonly origin?: unknown;
  readonly methods?: unknown;
  readonly allowedHeaders?: unknown;
  readonly exposedHeaders?: unknown;
  readonly credentials?: unknown;
  readonly maxAge?: unknown;
  readonly cacheControl?: unknown;
  readonly preflight?: unknown;
  readonly preflightContinue?: unknown;
  readonly strictPreflight?: unknown;
  readonly optionsSuccessStatus?: unknown;
  readonly hook?: unknown;
  readonly delegator?: unknown;
  readonly hideOptionsRoute?: unknown;
  readonly logLevel?: unknown;
}

const packageName = "@fastify/cors";
const known = [
  "origin",
  "methods",
  "allowedHeaders",
  "exposedHeaders",
  "credentials",
  "maxAge",
  "cacheControl",
  "preflight",
  "preflightContinue",
  "strictPreflight",
  "optionsSuccessStatus",
  "hook",
  "delegator",
  "hideOptionsRoute",
  "logLevel",
];

/**
 * Translates the options of `@fastify/cors` (11) into a policy. The policy allows nothing that the options did not; what was unsafe,
 * never worked or cannot be read stands in the notes.
 *
 * @see https://github.com/fastify/fastify-cors#options
 *
 * @example
 * ```ts
 * import { fromFastifyCors } from "@corsmith/cors/from/fastify-cors";
 *
 * const { policy, notes } = fromFastifyCors({ origin: true, credentials: true, methods: ["GET", "PUT"] });
 * console.assert(policy.allowOrigins === undefined);
 * console.assert(notes[0]?.code === "origin-reflected-with-credentials");
 * ```
 */
export function fromFastifyCors(options: FastifyCorsOptions | ((...request: never[]) => unknown) = {}): Migration {
  if (typeof options === "function") return migrationOfFunction(options);
  if (options.delegator) return migrationOfFunction(options.delegator);
  const draft = migrationDraft();
  noteUnknownOptions(draft, { ...options }, known, packageName);
  if (options.credentials) draft.policy.allowCredentials = true;
  translateOrigin(draft, options);
  translateLists(draft, options);
  if (isSet(options, "maxAge")) translateMaxAge(draft, options.maxAge);
  if (isSet(options, "optionsSuccessStatus"))
    translatePreflightStatus(draft, "optionsSuccessStatus", options.optionsSuccessStatus);
  noteBehaviour(draft, options);
  return draft;
}

function isSet(options: FastifyCorsOptions, key: keyof FastifyCorsOptions): boolean {
  return Object.hasOwn(options, key) && options[key] !== null;
}

function translateOrigin(draft: MigrationDraft, options: FastifyCorsOptions): void {
  const { origin } = options;
  if (!Object.hasOwn(options, "origin")) {
    const message = `${packageName} allows any origin if none is named; the policy says so.`;
    draft.note("default-any-origin", "info", "origin", undefined, message, 'allowOrigins: "*"');
    translateAnyOrigin(draft, "*", packageName);
  } else if (origin === false) {
    noteDisabled(draft, origin, packageName, "sends no CORS header at all");
  } else if (!origin) {
    noteDisabled(draft, origin, packageName, "answers every request with an error");
  } else if (origin === "*") {
    translateAnyOrigin(draft, origin, packageName);
  } else if (typeof origin === "string") {
    translateStaticOrigin(draft, origin, packageName);
  } else if (typeof origin === "function") {
    refuseOriginFunction(draft, origin);
  } else if (Array.isArray(origin) || origin instanceof RegExp) {
    translateOriginList(draft, origin, {
      packageName,
      nested: true,
      anyInList: "any",
      expressions: "stateless",
      truthyAllowsAll: true,
    });
  } else {
    translateReflection(draft, origin, packageName);
  }
}

function translateLists(draft: MigrationDraft, options: FastifyCorsOptions): void {
  if (isSet(options, "exposedHeaders"))
    translateExposedHeaders(draft, options.exposedHeaders, { packageName, path: "exposedHeaders" });
  if (options.preflight === false) return;
  if (Object.hasOwn(options, "methods")) translateMethods(draft, options.methods, { packageName, path: "methods" });
  else translateDefaultMethods(draft, [], { packageName, path: "methods" });
  const path = "allowedHeaders";
  if (isSet(options, path)) translateRequestHeaders(draft, options.allowedHeaders, { packageName, path });
  else translateReflectedHeaders(draft, options.allowedHeaders, { packageName, path });
}

function noteBehaviour(draft: MigrationDraft, options: FastifyCorsOptions): void {
  const { hook, cacheControl, hideOptionsRoute, logLevel } = options;
  if (options.preflight === false) {
    const message = `${packageName} answered no preflight. Now they are answered, and no method and no header beyond the safelists is allowed.`;
    draft.note(
      "preflight-off",
      "warning",
      "preflight",
      false,
      message,
      "Name what your own OPTIONS routes allowed: allowMethods, allowHeaders.",
    );
  } else if (options.preflightContinue) {
    notePreflightContinue(draft, options.preflightContinue);
  } else {
    const strict = options.strictPreflight === undefined || options.strictPreflight === true;
    const before = strict
      ? "answered every OPTIONS request itself, ordinary ones with 400."
      : "answered every OPTIONS request itself.";
    noteOptionsRequests(draft, `${packageName} ${before}`);
  }
  if (hook !== undefined && hook !== "onRequest") {
    const message = `With this hook ${packageName} came after others, which could refuse a preflight. Now it is answered on arrival.`;
    draft.note("late-hook", "warning", "hook", hook, message, "Register the adapter before authentication.");
  }
  if (cacheControl !== undefined && cacheControl !== null) {
    const message =
      "A preflight's answer is kept by maxAge; browsers do not look at its Cache-Control, and no policy sets it.";
    noteWithoutCounterpart(draft, "cacheControl", cacheControl, message, "Use maxAge.");
  }
  if (hideOptionsRoute !== undefined)
    noteWithoutCounterpart(
      draft,
      "hideOptionsRoute",
      hideOptionsRoute,
      "There is no OPTIONS route to hide.",
      "Remove it.",
    );
  if (logLevel !== undefined)
    noteWithoutCounterpart(
      draft,
      "logLevel",
      logLevel,
      "There is no OPTIONS route to log.",
      "Use onDecision to see decisions.",
    );
}
