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
] as const;

/** The options of `@fastify/cors` (also those of Nest on Fastify). */
export type FastifyCorsOptions = Options<(typeof known)[number]>;

const rules: Omit<OriginRules, "disabled"> = {
  nested: true,
  anyInList: "any",
  expressions: "stateless",
  truthyAllowsAll: true,
  boxedText: false,
};
const off = "sends no CORS header at all";
const failing = "answers every request with an error";

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
  if (typeof options === "function") return migrationOfFunction("@fastify/cors", options);
  if (options.delegator) return migrationOfFunction("@fastify/cors", options.delegator);
  const draft = migrationDraft("@fastify/cors", options, known);
  if (options.credentials) draft.policy.allowCredentials = true;
  translateOrigin(draft, options, { ...rules, disabled: options.origin === false ? off : failing });
  translateLists(draft, options);
  if (isSet(options, "maxAge")) translateMaxAge(draft, options.maxAge);
  if (isSet(options, "optionsSuccessStatus")) translatePreflightStatus(draft, options.optionsSuccessStatus);
  noteBehaviour(draft, options);
  return draft;
}

function isSet(options: FastifyCorsOptions, key: keyof FastifyCorsOptions): boolean {
  return Object.hasOwn(options, key) && options[key] !== null;
}

function translateLists(draft: MigrationDraft, options: FastifyCorsOptions): void {
  if (isSet(options, "exposedHeaders")) translateExposedHeaders(draft, options.exposedHeaders, "exposedHeaders");
  if (options.preflight === false) return;
  if (Object.hasOwn(options, "methods")) translateMethods(draft, options.methods, "methods");
  else translateDefaultMethods(draft, [], "methods");
  const path = "allowedHeaders";
  if (isSet(options, path)) translateRequestHeaders(draft, options.allowedHeaders, path);
  else translateReflectedHeaders(draft, options.allowedHeaders, path);
}

function noteBehaviour(draft: MigrationDraft, options: FastifyCorsOptions): void {
  const { hook, cacheControl, hideOptionsRoute, logLevel } = options;
  if (options.preflight === false) {
    const message = `${draft.packageName} answered no preflight. Now they are answered, and no method and no header beyond the safelists is allowed.`;
    draft.note(
      "preflight-off",
      "preflight",
      false,
      message,
      "Name what your own OPTIONS routes allowed: allowMethods, allowHeaders.",
    );
  } else if (options.preflightContinue) {
    notePreflightContinue(draft, options.preflightContinue);
  } else {
    const strict = options.strictPreflight === undefined || options.strictPreflight === true;
    noteOptionsRequests(draft, strict ? ", ordinary ones with 400" : "");
  }
  if (hook !== undefined && hook !== "onRequest") {
    const message = `With this hook ${draft.packageName} came after others, which could refuse a preflight. Now it is answered on arrival.`;
    draft.note("late-hook", "hook", hook, message, "Register the adapter before authentication.");
  }
  if (cacheControl !== undefined && cacheControl !== null) {
    const message =
      "A preflight's answer is kept by maxAge; browsers do not look at its Cache-Control, and no policy sets it.";
    draft.note("option-without-counterpart", "cacheControl", cacheControl, message, "Use maxAge.");
  }
  if (hideOptionsRoute !== undefined)
    draft.note(
      "option-without-counterpart",
      "hideOptionsRoute",
      hideOptionsRoute,
      "There is no OPTIONS route to hide.",
      "Remove it.",
    );
  if (logLevel !== undefined)
    draft.note(
      "option-without-counterpart",
      "logLevel",
      logLevel,
      "There is no OPTIONS route to log.",
      "Use onDecision to see decisions.",
    );
}
