import { allowOriginValue } from "./chapters/allow-origin-value.ts";
import { blocked } from "./chapters/blocked.ts";
import { credentials } from "./chapters/credentials.ts";
import { errorsWithoutCors } from "./chapters/errors-without-cors.ts";
import { headers } from "./chapters/headers.ts";
import { invalidRequest } from "./chapters/invalid-request.ts";
import { localNetwork } from "./chapters/local-network.ts";
import { methods } from "./chapters/methods.ts";
import { missingAllowOrigin } from "./chapters/missing-allow-origin.ts";
import { modes } from "./chapters/modes.ts";
import { network } from "./chapters/network.ts";
import { noReason } from "./chapters/no-reason.ts";
import { preflightRedirect } from "./chapters/preflight-redirect.ts";
import { preflightStatus } from "./chapters/preflight-status.ts";
import { redirects } from "./chapters/redirects.ts";
import { silent } from "./chapters/silent.ts";
import { wildcardWithCredentials } from "./chapters/wildcard-with-credentials.ts";
import { wrongAnswer } from "./chapters/wrong-answer.ts";
import type { Explanation, ExplanationCode, Theme } from "./failure.ts";

/** The whole catalogue. Where several failures share a message, the likelier stands first. */
const catalogue: Theme<ExplanationCode> = {
  ...missingAllowOrigin,
  ...wildcardWithCredentials,
  ...methods,
  ...headers,
  ...credentials,
  ...allowOriginValue,
  ...preflightStatus,
  ...preflightRedirect,
  ...noReason,
  ...network,
  ...modes,
  ...redirects,
  ...errorsWithoutCors,
  ...wrongAnswer,
  ...blocked,
  ...invalidRequest,
  ...localNetwork,
  ...silent,
};

const byCode: ReadonlyMap<string, Explanation> = new Map(
  Object.entries(catalogue).map(([code, entry]) => [
    code,
    Object.freeze({ seeAlso: [], ...entry, code: code as ExplanationCode }),
  ]),
);

/**
 * Every explanation: first the four errors that everybody meets, then what is near them, then what only looks like CORS.
 *
 * @example
 * ```ts
 * import { explanations } from "@corsmith/cors/explain";
 *
 * const lookalikes = explanations.filter(({ kind }) => kind === "lookalike");
 * console.assert(lookalikes.some(({ code }) => code === "server-down"));
 * ```
 */
export const explanations: readonly Explanation[] = Object.freeze([...byCode.values()]);

/**
 * The explanation of one failure: every code of a trace has one.
 *
 * @throws RangeError for a code that is none
 *
 * @example
 * ```ts
 * import { explanationOf } from "@corsmith/cors/explain";
 *
 * const { title, section, fixes } = explanationOf("header-not-allowed");
 * console.assert(section.url.startsWith("https://fetch.spec.whatwg.org/"));
 * console.assert(fixes[0]?.who === "server");
 * ```
 */
export function explanationOf(code: ExplanationCode): Explanation {
  const explanation = byCode.get(code);
  if (explanation === undefined) throw new RangeError(`code: ${JSON.stringify(code)} is no code of a failure.`);
  return explanation;
}

/** Is this a code that can be explained? */
export function isExplanationCode(text: string): text is ExplanationCode {
  return byCode.has(text);
}
