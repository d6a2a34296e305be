import type { Failure } from "./chapter.ts";
import { allowOriginValueFailures } from "./chapters/allow-origin-value.ts";
import { blockedFailures } from "./chapters/blocked.ts";
import { credentialFailures } from "./chapters/credentials.ts";
import { headerFailures } from "./chapters/headers.ts";
import { invalidRequestFailures } from "./chapters/invalid-request.ts";
import { methodFailures } from "./chapters/methods.ts";
import { missingAllowOriginFailures } from "./chapters/missing-allow-origin.ts";
import { modeFailures } from "./chapters/modes.ts";
import { networkFailures } from "./chapters/network.ts";
import { noReasonFailures } from "./chapters/no-reason.ts";
import { preflightRedirectFailures } from "./chapters/preflight-redirect.ts";
import { preflightStatusFailures } from "./chapters/preflight-status.ts";
import { redirectFailures } from "./chapters/redirects.ts";

/** Every way in which a fetch can fail, by a code that stays. Codes of the catalogue of browser failures are the same there. */
export type FailureCode =
  | keyof typeof allowOriginValueFailures
  | keyof typeof blockedFailures
  | keyof typeof credentialFailures
  | keyof typeof headerFailures
  | keyof typeof invalidRequestFailures
  | keyof typeof methodFailures
  | keyof typeof missingAllowOriginFailures
  | keyof typeof modeFailures
  | keyof typeof networkFailures
  | keyof typeof noReasonFailures
  | keyof typeof preflightRedirectFailures
  | keyof typeof preflightStatusFailures
  | keyof typeof redirectFailures;

const failures: Readonly<Record<FailureCode, Failure>> = {
  ...allowOriginValueFailures,
  ...blockedFailures,
  ...credentialFailures,
  ...headerFailures,
  ...invalidRequestFailures,
  ...methodFailures,
  ...missingAllowOriginFailures,
  ...modeFailures,
  ...networkFailures,
  ...noReasonFailures,
  ...preflightRedirectFailures,
  ...preflightStatusFailures,
  ...redirectFailures,
};

/**
 * What to do about a failure, and what Chromium calls it.
 *
 * @example
 * ```ts
 * import { failureOf } from "@corsmith/cors/browser";
 *
 * console.assert(failureOf("method-not-allowed").fix.startsWith("The server names the method"));
 * ```
 */
export function failureOf(code: FailureCode): Failure {
  return failures[code];
}

/** Is this a failure of the simulator? */
export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(failures, code);
}
