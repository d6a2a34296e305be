import { deviations } from "./deviations.ts";

/** Whose behaviour: the standard's letter, or what one engine was seen to do. */
export type Engine = "standard" | "chromium" | "firefox" | "webkit";

/**
 * Everything in which an engine can differ from the standard, one field a difference. What each means and where it was seen stands in
 * the table `deviations`.
 */
export interface Behaviour {
  readonly safelistsClientHints: boolean;
  readonly dropsUserAgent: boolean;
  readonly wildcardCoversAuthorization: boolean;
  readonly nonAsciiBytesUnsafe: boolean;
  readonly safelistsCombinedValues: boolean;
  readonly lenientRange: boolean;
  readonly limitsRangeNumbers: boolean;
  readonly rewritesRange: boolean;
  readonly headerBytesAsUtf8: boolean;
  readonly lastAuthorizationWins: boolean;
  readonly namesEachAuthorizationLine: boolean;
  readonly dropsClientHintsOnRedirect: boolean;
  readonly removedHeadersReturn: "never" | "body-headers" | "all";
  readonly keepsOriginOnceSent: boolean;
  readonly opaqueOriginSentWithCredentials: boolean;
  readonly preflightAfterRedirect: "as-redirected" | "as-first-made" | "once-needed-with-first-names";
  readonly preflightOriginIgnoresRedirects: boolean;
  readonly ownOriginPreflightUnchecked: boolean;
  readonly deleteBecomesGetOnRedirect: boolean;
  readonly sameOriginCredentialsIncludedLate: boolean;
  readonly userinfoRedirectAlwaysFails: boolean;
  readonly ownOriginRedirectsToUserinfo: boolean;
  readonly emptyLocation: "base-url" | "returned" | "fails";
  readonly severalLocations: "fail" | "fail-at-once" | "joined";
  readonly networkRejectsRedirectBeforeCors: boolean;
  readonly sendsUncachedUnsafeMethods: boolean;
  readonly ignoresEmptyAllowOriginLines: boolean;
  readonly exposesNamesBeforeBadOne: boolean;
  readonly valueSeparator: ", " | ",";
  readonly dropsEmptyDuplicates: boolean;
  readonly laxCookiesFromOpaqueOrigin: boolean;
  readonly preflightChecks: "cors-first" | "redirect-first" | "status-first";
  readonly maxAgeLimitSeconds: number;
  readonly invalidMaxAgeSeconds: number;
  readonly negativeMaxAgeForbidsCaching: boolean;
  readonly cacheModesWithoutPreflightCache: readonly RequestCache[];
  readonly opaqueOriginUsesPreflightCache: boolean;
  readonly separatesCredentialedCacheEntries: boolean;
  readonly cachesWildcards: boolean;
  readonly failedFetchClearsPreflightCache: boolean;
}

type RequestCache = "default" | "no-store" | "reload" | "no-cache" | "force-cache" | "only-if-cached";

const engines: readonly Engine[] = ["standard", "chromium", "firefox", "webkit"];
const profiles: ReadonlyMap<Engine, Behaviour> = new Map(engines.map((engine) => [engine, profile(engine)]));

/**
 * How this engine behaves, difference by difference.
 *
 * @throws TypeError if it is no engine
 *
 * @example
 * ```ts
 * import { behaviourOf } from "@corsmith/cors/browser";
 *
 * // The standard wants Authorization to be named; Chromium takes * for it too.
 * console.assert(!behaviourOf("standard").wildcardCoversAuthorization);
 * console.assert(behaviourOf("chromium").wildcardCoversAuthorization);
 * ```
 */
export function behaviourOf(engine: Engine): Behaviour {
  const behaviour = profiles.get(engine);
  if (behaviour === undefined) {
    throw new TypeError(`engine: ${JSON.stringify(engine)} is not known. Use one of: ${engines.join(", ")}.`);
  }
  return behaviour;
}

function profile(engine: Engine): Behaviour {
  const entries = Object.entries(deviations).map(([name, row]) => [name, row[engine] ?? row.standard]);
  return Object.fromEntries(entries);
}
