import { answerDeviations } from "./answer-deviations.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Deviations } from "./deviation.ts";
import { preflightDeviations } from "./preflight-deviations.ts";
import { redirectDeviations } from "./redirect-deviations.ts";
import { requestDeviations } from "./request-deviations.ts";

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
