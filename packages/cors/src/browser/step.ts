import type { FailureCode } from "../failures/failure.ts";
import { type Algorithm, algorithmUrl } from "../failures/sections.ts";

type Nothing = Readonly<Record<never, never>>;
type InvalidOption = Readonly<{ found: string; expected: readonly string[] }>;
type RedirectLocation = Readonly<{ header: "Location" }>;

/** Why the server has to be asked before the request goes out. */
export type PreflightReason =
  | { readonly because: "method"; readonly method: string }
  | { readonly because: "headers"; readonly names: readonly string[] }
  | { readonly because: "streamed-body" | "needed-before-redirect" };

/**
 * What each step found and expected, by an algorithm and the step of it. `header` is the response header that was looked at; `reason` is
 * foreign text, such as that of a failed socket.
 */
export interface StepFacts {
  readonly "new-request/url": { readonly url: string };
  readonly "new-request/mode": InvalidOption;
  readonly "new-request/credentials": InvalidOption;
  readonly "new-request/cache": InvalidOption & { readonly mode?: string };
  readonly "new-request/redirect": InvalidOption;
  readonly "new-request/method": { readonly method: string };
  readonly "new-request/headers": { readonly name: string; readonly wrong: "name" | "value" };
  readonly "new-request/body": { readonly method: string };
  readonly "main-fetch/aborted": Nothing;
  readonly "main-fetch/unexpected": { readonly reason: string };
  readonly "main-fetch/mixed-content": { readonly origin: string; readonly url: string };
  readonly "main-fetch/tainting": {
    readonly tainting: "basic" | "opaque" | "cors";
    /** The page's. */
    readonly origin: string;
    /** The URL's origin; `data:` for such a URL. */
    readonly target: string;
    readonly preflight?: PreflightReason;
  };
  readonly "main-fetch/mode": { readonly origin: string; readonly target: string };
  readonly "main-fetch/redirect-mode": { readonly found: string };
  readonly "main-fetch/scheme": { readonly scheme: string };
  readonly "bad-port/port": { readonly port: string };
  readonly "scheme-fetch/data": Nothing;
  readonly "scheme-fetch/scheme": { readonly scheme: string };
  readonly "http-fetch/redirect": RedirectLocation & { readonly status: number };
  readonly "http-network-or-cache-fetch/only-if-cached": Nothing;
  readonly "http-network-fetch/answer": { readonly url: string; readonly reason: string };
  readonly "http-redirect-fetch/location": RedirectLocation & { readonly status: number };
  readonly "http-redirect-fetch/scheme": RedirectLocation & { readonly scheme: string };
  readonly "http-redirect-fetch/count": RedirectLocation & { readonly count: number };
  readonly "http-redirect-fetch/credentials": RedirectLocation;
  readonly "http-redirect-fetch/body": Nothing;
  readonly "http-redirect-fetch/follow": RedirectLocation & { readonly status: number; readonly url: string };
  readonly "cors-preflight-fetch/request": { readonly url: string; readonly method: string };
  readonly "cors-preflight-fetch/status": { readonly status: number };
  readonly "cors-preflight-fetch/allow-methods": { readonly header: "Access-Control-Allow-Methods" };
  readonly "cors-preflight-fetch/allow-headers": { readonly header: "Access-Control-Allow-Headers" };
  readonly "cors-preflight-fetch/method": {
    readonly header: "Access-Control-Allow-Methods";
    readonly method: string;
    readonly allowed: readonly string[];
  };
  /** `names` are those that were asked for; if it failed, the first that is not allowed. */
  readonly "cors-preflight-fetch/headers": {
    readonly header: "Access-Control-Allow-Headers";
    readonly names: readonly string[];
    readonly allowed: readonly string[];
  };
  readonly "cors-preflight-cache/match": Nothing;
  readonly "cors-preflight-cache/store": { readonly header: "Access-Control-Max-Age"; readonly seconds: number };
  readonly "cors-check/allow-origin": {
    readonly header: "Access-Control-Allow-Origin";
    /** Null if the answer has no such header. */
    readonly found: string | null;
    /** In how many lines. */
    readonly lines: number;
    /** The origin that was sent. */
    readonly expected: string;
    readonly status: number;
  };
  readonly "cors-check/allow-credentials": {
    readonly header: "Access-Control-Allow-Credentials";
    readonly found: string | null;
    readonly expected: "true";
  };
  readonly "cross-origin-resource-policy-check/policy": {
    readonly header: "Cross-Origin-Resource-Policy";
    readonly found: "same-origin" | "same-site";
    readonly origin: string;
    readonly target: string;
  };
}

/** An algorithm and the step of it: `cors-check/allow-origin`. */
export type StepName = keyof StepFacts;

/** How a step ended. `passed`: looked at and fine. `failed`: the fetch ends here. `note`: what the browser did next, and why. */
type Ending =
  | { readonly result: "passed" | "note"; readonly code?: never }
  | { readonly result: "failed"; readonly code: FailureCode };

/** One thing that the browser looked at, in its order, as data. `formatStep` says it in a sentence, `sectionOf` links to the rule. */
export type Step<Name extends StepName = StepName> = {
  readonly [Each in Name]: Ending & {
    readonly step: Each;
    readonly facts: StepFacts[Each];
    /** How many requests had gone out by then: the step is about the answer to the last of them, or about the next one. */
    readonly exchanges: number;
  };
}[Name];

/**
 * The section of the Fetch standard in which this step stands.
 *
 * @example
 * ```ts
 * import { sectionOf } from "@corsmith/cors/browser";
 *
 * console.assert(sectionOf("cors-check/allow-origin") === "https://fetch.spec.whatwg.org/#concept-cors-check");
 * ```
 */
export function sectionOf(step: `${Algorithm}/${string}`): string {
  return algorithmUrl(step.slice(0, step.indexOf("/")));
}
