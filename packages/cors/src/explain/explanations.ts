import { allowOriginValue } from "./catalogue/allow-origin-value.ts";
import { blocked } from "./catalogue/blocked.ts";
import { credentials } from "./catalogue/credentials.ts";
import { errorsWithoutCors } from "./catalogue/errors-without-cors.ts";
import { headers } from "./catalogue/headers.ts";
import { invalidRequest } from "./catalogue/invalid-request.ts";
import { localNetwork } from "./catalogue/local-network.ts";
import { methods } from "./catalogue/methods.ts";
import { missingAllowOrigin } from "./catalogue/missing-allow-origin.ts";
import { modes } from "./catalogue/modes.ts";
import { network } from "./catalogue/network.ts";
import { noReason } from "./catalogue/no-reason.ts";
import { preflightRedirect } from "./catalogue/preflight-redirect.ts";
import { preflightStatus } from "./catalogue/preflight-status.ts";
import { redirects } from "./catalogue/redirects.ts";
import { silent } from "./catalogue/silent.ts";
import { wildcardWithCredentials } from "./catalogue/wildcard-with-credentials.ts";
import { wrongAnswer } from "./catalogue/wrong-answer.ts";
import type { Explanation, Theme } from "./explanation.ts";
import type { ExplanationCode } from "./explanation-code.ts";

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
