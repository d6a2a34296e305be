import type { Decision, DecisionTerms } from "../decide/decision.ts";
import { corsHeaders } from "../http/header-names.ts";

/** What a decision means for the response. */
export interface Answer {
  /** The status with which to answer at once; `undefined`: the application answers. */
  readonly status: 204 | 200 | 403 | undefined;
  /** The CORS headers, each once. They replace whatever stands under these names, and all other CORS headers go. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The members to merge into `Vary`, by `mergeVary`. */
  readonly vary: string | undefined;
  /** The body for a request that `crossOriginProtection` refuses. Absent from every other answer: no one reads a preflight's body. */
  readonly body?: AnswerBody | undefined;
  /** There is no policy: the application's response goes out as it is, with whatever CORS headers it has. */
  readonly untouched?: true;
}

/** The body of a refusal. Nothing in it comes from the request. */
export interface AnswerBody {
  /** The value of `Content-Type`. */
  readonly type: string;
  /** JSON in ASCII: `{ status, code, message }`, `code` being the reason of the decision. */
  readonly text: string;
}

/**
 * Turns a decision into the headers of the response. `Access-Control-Allow-Credentials` is `true` or absent: every other value means
 * no, and reads as if it meant something.
 *
 * @see https://fetch.spec.whatwg.org/#http-responses
 *
 * @example
 * ```ts
 * import { decide, definePolicy, respond } from "@corsmith/cors";
 *
 * const policy = definePolicy({ allowOrigins: "*" });
 * const answer = respond(decide(policy, { method: "GET", origin: "https://any.example" }));
 * console.assert(answer.headers[0]?.join(": ") === "Access-Control-Allow-Origin: *");
 * ```
 */
export function respond(decision: Decision): Answer {
  const headers = answerHeaders(decision);
  const { status, vary } = decision;
  if (decision.reason === "no-policy") return { status, headers, vary, untouched: true };
  if (status !== 403 || decision.preflight) return { status, headers, vary };
  return { status, headers, vary, body: refusalBody(decision) };
}

/** The CORS headers of an answer, each once: none without `Access-Control-Allow-Origin`. */
export function answerHeaders(
  terms: Omit<DecisionTerms, "preflight" | "status" | "origin" | "vary">,
): Answer["headers"] {
  const headers: (readonly [string, string])[] = [];
  if (terms.allowOrigin === undefined) return headers;
  headers.push([corsHeaders.allowOrigin, terms.allowOrigin]);
  if (terms.allowCredentials) headers.push([corsHeaders.allowCredentials, "true"]);
  if (terms.allowMethods !== undefined) headers.push([corsHeaders.allowMethods, terms.allowMethods]);
  if (terms.allowHeaders !== undefined) headers.push([corsHeaders.allowHeaders, terms.allowHeaders]);
  if (terms.exposeHeaders !== undefined) headers.push([corsHeaders.exposeHeaders, terms.exposeHeaders]);
  if (terms.maxAge !== undefined) headers.push([corsHeaders.maxAge, terms.maxAge]);
  return headers;
}

/** Why it was refused, and what to do. */
function refusalBody(decision: Decision): AnswerBody {
  const { status, reason: code } = decision;
  let message =
    "Pages on this origin may not send this request. If the page is yours, add its origin to allowOrigins of this API's CORS policy.";
  if (code === "origin-lookup-failed") message = "The origin of this page could not be looked up. Try again later.";
  if (code === "malformed" && decision.field === "headers") message = "The headers of this request could not be read.";
  return { type: "application/json; charset=utf-8", text: `${JSON.stringify({ status, code, message })}\n` };
}

/**
 * Adds members to what a response already says in `Vary`: nothing is lost, nothing stands twice, `*` stays `*`. What is there may be
 * one line, several, or none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
 *
 * @example
 * ```ts
 * import { mergeVary } from "@corsmith/cors";
 *
 * console.assert(mergeVary("accept-encoding", "Origin") === "accept-encoding, Origin");
 * console.assert(mergeVary(["Accept", "origin"], "Origin") === "Accept, origin");
 * ```
 */
export function mergeVary(existing: string | readonly string[] | undefined, members: string): string {
  if (existing === undefined || existing.length === 0) return members;
  const present = typeof existing === "string" ? existing : existing.join(",");
  const names = new Map<string, string>();
  for (const name of `${present},${members}`.split(",")) {
    const member = name.trim();
    if (member === "*") return "*";
    if (member !== "" && !names.has(member.toLowerCase())) names.set(member.toLowerCase(), member);
  }
  return [...names.values()].join(", ");
}
