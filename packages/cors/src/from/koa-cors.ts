import { type Migration, type MigrationDraft, migrationDraft, type Options } from "./migration.ts";
import { proposeOrigins } from "./propose-origins.ts";
import {
  translateDefaultMethods,
  translateExposedHeaders,
  translateMaxAge,
  translateMethods,
  translateReflectedHeaders,
  translateRequestHeaders,
} from "./translate-options.ts";
import {
  noteDefaultOrigin,
  refuseOriginFunction,
  translateAnyOrigin,
  translateReflection,
  translateStaticOrigin,
} from "./translate-origins.ts";

export { type Migration, type Note, type NoteCode, type NoteSeverity, noteCodes } from "./migration.ts";

const known = [
  "origin",
  "allowMethods",
  "allowHeaders",
  "exposeHeaders",
  "maxAge",
  "credentials",
  "keepHeadersOnError",
  "secureContext",
  "privateNetworkAccess",
] as const;

/** The options of `@koa/cors`. */
export type KoaCorsOptions = Options<(typeof known)[number]>;

/**
 * Translates the options of `@koa/cors` (5) into a policy. The policy allows nothing that the options did not; what was unsafe, never
 * worked or cannot be read stands in the notes.
 *
 * @see https://github.com/koajs/cors#corsoptions
 *
 * @example
 * ```ts
 * import { fromKoaCors } from "@corsmith/cors/from/koa-cors";
 *
 * const { policy, notes } = fromKoaCors({ origin: "https://app.example.com", credentials: true, maxAge: "600" });
 * console.assert(policy.maxAge === 600);
 * console.assert(notes.every(({ severity }) => severity === "info"));
 * ```
 */
export function fromKoaCors(options: KoaCorsOptions = {}): Migration {
  const draft = migrationDraft("@koa/cors", options, known);
  translateCredentials(draft, options.credentials);
  translateOrigin(draft, options.origin);
  translateLists(draft, options);
  translateAge(draft, options.maxAge);
  noteBehaviour(draft, options);
  return draft;
}

function translateCredentials(draft: MigrationDraft, value: unknown): void {
  if (typeof value !== "function") {
    if (value) draft.policy.allowCredentials = true;
    return;
  }
  const message =
    "Whether credentials are allowed is decided by a function, which cannot be read. They are not allowed now.";
  draft.note(
    "credentials-function",
    "credentials",
    value,
    message,
    "allowCredentials: true, on the routes that need it.",
  );
}

function translateOrigin(draft: MigrationDraft, origin: unknown): void {
  if (!origin || origin === "*") {
    translateAny(draft, origin);
    return;
  }
  // A list of one is sent as that one, but is not compared with "*".
  const sole: unknown = Array.isArray(origin) && origin.length === 1 ? origin[0] : origin;
  if (sole === "*") translateAnyOrigin(draft, origin);
  else if (typeof sole === "string") translateStaticOrigin(draft, sole);
  else if (typeof origin === "function") refuseOriginFunction(draft, origin);
  else refuseOther(draft, origin);
}

function translateAny(draft: MigrationDraft, origin: unknown): void {
  if (draft.policy.allowCredentials === true) {
    translateReflection(draft, origin);
    return;
  }
  draft.policy.allowOrigins = "*";
  if (origin === "*") return;
  noteDefaultOrigin(draft, origin);
}

/** Everything else is written into the header as text, and a list as one line an entry. */
function refuseOther(draft: MigrationDraft, origin: unknown): void {
  if (!Array.isArray(origin)) {
    const message = `${draft.packageName} writes this into the header as text, which never matched any origin.`;
    draft.note("origin-entry-ignored", "origin", origin, message, "Write the origin as text.");
    return;
  }
  draft.note(
    "list-ignored",
    "origin",
    origin,
    `${draft.packageName} knows no lists: it sends one header line an entry, which browsers refuse. No origin was ever allowed, and none is now.`,
    `If they are all meant to: ${proposeOrigins(
      draft,
      origin.filter((entry) => typeof entry === "string"),
    )}`,
  );
}

function translateLists(draft: MigrationDraft, options: KoaCorsOptions): void {
  const { allowMethods, allowHeaders, exposeHeaders } = options;
  if (Object.hasOwn(options, "allowMethods")) translateMethods(draft, allowMethods, "allowMethods");
  else translateDefaultMethods(draft, ["PUT", "DELETE", "PATCH"], "allowMethods");
  const named = Array.isArray(allowHeaders) ? allowHeaders.join(",") : allowHeaders;
  if (named) translateRequestHeaders(draft, named, "allowHeaders");
  else translateReflectedHeaders(draft, allowHeaders, "allowHeaders");
  if (exposeHeaders) translateExposedHeaders(draft, exposeHeaders, "exposeHeaders");
}

function translateAge(draft: MigrationDraft, maxAge: unknown): void {
  if (maxAge) translateMaxAge(draft, maxAge);
  if (maxAge !== 0) return;
  const message = `${draft.packageName} drops an age of 0, so browsers kept answers for their own five seconds. It is left out.`;
  draft.note("max-age-dropped", "maxAge", maxAge, message, "maxAge: 0");
}

function noteBehaviour(draft: MigrationDraft, options: KoaCorsOptions): void {
  const { keepHeadersOnError, secureContext, privateNetworkAccess } = options;
  if (keepHeadersOnError !== undefined && !keepHeadersOnError) {
    const message = "Errors had no CORS headers, and pages could not read them. Now they have the same as a success.";
    draft.note("error-headers", "keepHeadersOnError", keepHeadersOnError, message, "Nothing.");
  }
  if (secureContext) {
    const message =
      "A policy sets no Cross-Origin-Opener-Policy and no Cross-Origin-Embedder-Policy: they are not part of CORS.";
    draft.note(
      "option-without-counterpart",
      "secureContext",
      secureContext,
      message,
      "Set both headers in a middleware of your own.",
    );
  }
  if (privateNetworkAccess) {
    const message = "No browser asks for private-network access by this header any more.";
    draft.note("option-without-counterpart", "privateNetworkAccess", privateNetworkAccess, message, "Remove it.");
  }
}
