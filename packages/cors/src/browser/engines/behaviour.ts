import type { Deviations } from "./deviation.ts";
import { type PreflightBehaviour, preflightDeviations } from "./preflight-deviations.ts";
import { type RequestBehaviour, requestDeviations } from "./request-deviations.ts";
import {
  type AnswerBehaviour,
  answerDeviations,
  type RedirectBehaviour,
  redirectDeviations,
} from "./response-deviations.ts";

/**
 * Every difference between the engines that this simulator knows: Chromium 156, Firefox 153 ESR, WebKitGTK 2.50.
 *
 * @example
 * ```ts
 * import { deviations } from "@corsmith/cors/browser";
 *
 * const ofFirefox = Object.entries(deviations).filter(([, row]) => row.firefox !== undefined);
 * console.assert(ofFirefox.length > 0);
 * ```
 */
export const deviations: Deviations<Behaviour> = {
  ...requestDeviations,
  ...redirectDeviations,
  ...answerDeviations,
  ...preflightDeviations,
};

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
 * @throws {TypeError} if it is not an engine
 *
 * @example
 * ```ts
 * import { behaviourOf } from "@corsmith/cors/browser";
 *
 * // The standard wants Authorization to be named; Chromium accepts * for it.
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
  const entries = Object.entries(deviations).map(([name, row]) => [name, row[engine] ?? row.standard ?? false]);
  return Object.fromEntries(entries);
}
