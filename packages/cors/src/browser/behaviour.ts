import type { AnswerBehaviour } from "./answer-deviations.ts";
import { deviations } from "./deviations.ts";
import type { PreflightBehaviour } from "./preflight-deviations.ts";
import type { RedirectBehaviour } from "./redirect-deviations.ts";
import type { RequestBehaviour } from "./request-deviations.ts";

/** Whose behaviour: the standard's letter, or what one engine was seen to do. */
export type Engine = "standard" | "chromium" | "firefox" | "webkit";

/**
 * Everything in which an engine can differ from the standard, one field a difference. What each means and where it was seen stands in
 * the table `deviations`.
 */
export interface Behaviour extends RequestBehaviour, RedirectBehaviour, AnswerBehaviour, PreflightBehaviour {}

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
