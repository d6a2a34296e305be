import { redactUrl, type Trace } from "../browser/index.ts";
import { describeTrace } from "./describe-trace.ts";
import { type CrossOriginRequest, type CrossOriginVerdict, judgeCrossOrigin } from "./judge-cross-origin.ts";
import type { Server } from "./server.ts";

/** Thrown by an assertion that did not hold. Test runners recognise it by its name and its code. */
export class CrossOriginAssertionError extends Error {
  override readonly name = "AssertionError";
  readonly code = "ERR_ASSERTION";
  readonly trace: Trace;

  constructor(request: CrossOriginRequest, verdict: CrossOriginVerdict) {
    super(describeVerdict(request, verdict));
    this.trace = verdict.trace;
  }
}

/**
 * Asserts that a browser lets a page of that origin make this request and read the answer: for `node:test`, `Deno.test`, `bun:test`, and
 * everything else that reports a throw as a failure.
 *
 * @throws {CrossOriginAssertionError} with what the browser did
 * @throws {Error} if there is no verdict, because no answer came
 *
 * @example
 * ```ts
 * import { assertAllowsCrossOrigin } from "@corsmith/cors/testing";
 *
 * const policy = { allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] };
 * await assertAllowsCrossOrigin(policy, { origin: "https://app.example.com", method: "PUT" });
 * ```
 */
export async function assertAllowsCrossOrigin(server: Server, request: CrossOriginRequest): Promise<void> {
  const verdict = await judgeCrossOrigin(server, request);
  if (!verdict.allowed) throw new CrossOriginAssertionError(request, verdict);
}

/**
 * Asserts that a browser does not let a page of that origin make this request and read the answer. A server that does not answer refuses
 * nothing.
 *
 * @throws {CrossOriginAssertionError} with what the browser did
 * @throws {Error} if there is no verdict, because no answer came
 *
 * @example
 * ```ts
 * import { assertRefusesCrossOrigin } from "@corsmith/cors/testing";
 *
 * await assertRefusesCrossOrigin({ allowOrigins: ["https://app.example.com"] }, { origin: "https://evil.example" });
 * ```
 */
export async function assertRefusesCrossOrigin(server: Server, request: CrossOriginRequest): Promise<void> {
  const verdict = await judgeCrossOrigin(server, request);
  if (verdict.allowed) throw new CrossOriginAssertionError(request, verdict);
}

/** What a matcher of Vitest or Jest returns. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** The matchers as they are written in a test. */
export interface CorsMatchers {
  /**
   * Does a browser let a page of that origin make this request and read the answer? Must be awaited. What is expected may be a handler,
   * an app with a `fetch`, a policy, a transport, or the URL of a server that listens.
   */
  toAllowCrossOrigin(request: CrossOriginRequest): Promise<void>;
}

/**
 * Matchers for `expect.extend` of Vitest and Jest. A failure prints what the browser did, step by step. A request to which no answer came
 * is an error, and never a pass: not even under `.not`.
 *
 * @example
 * ```ts no-run
 * import { corsMatchers } from "@corsmith/cors/testing";
 * import "@corsmith/cors/testing/vitest"; // types only
 * import { expect, test } from "vitest";
 *
 * expect.extend(corsMatchers);
 * const app = (request: Request) => new Response(`no CORS at ${request.url}`);
 *
 * test("the app is allowed, other pages are not", async () => {
 *   await expect(app).toAllowCrossOrigin({ origin: "https://app.example.com", method: "PUT", headers: ["content-type"] });
 *   await expect(app).not.toAllowCrossOrigin({ origin: "https://evil.example" });
 * });
 * ```
 */
export const corsMatchers: {
  readonly toAllowCrossOrigin: (received: Server, request: CrossOriginRequest) => Promise<MatcherResult>;
} = {
  async toAllowCrossOrigin(received, request) {
    const verdict = await judgeCrossOrigin(received, request);
    return { pass: verdict.allowed, message: () => describeVerdict(request, verdict) };
  },
};

/** Why a test failed that expected the other verdict. */
function describeVerdict(request: CrossOriginRequest, verdict: CrossOriginVerdict): string {
  const { allowed, hiddenHeaders, trace } = verdict;
  const hides =
    hiddenHeaders.length === 0
      ? []
      : [
          `The page may not read ${hiddenHeaders.join(", ")}.`,
          "What to do: The server names them in Access-Control-Expose-Headers, each by its name.",
          "The rule: https://fetch.spec.whatwg.org/#http-access-control-expose-headers",
          "",
        ];
  return [
    `Expected the server ${allowed ? "not " : ""}to allow a page on ${request.origin}: ${inWords(request, verdict)}`,
    "",
    ...hides,
    describeTrace(trace),
  ].join("\n");
}

function inWords(
  { method = "GET", headers = [], credentials = false, expose = [] }: CrossOriginRequest,
  { url }: CrossOriginVerdict,
): string {
  const names = Array.isArray(headers) ? headers : Object.keys(headers);
  const parts = [
    ...(names.length === 0 ? [] : [`the headers ${names.join(", ")}`]),
    ...(credentials ? ["credentials"] : []),
  ];
  const withParts = parts.length === 0 ? "" : ` with ${parts.join(" and ")}`;
  return `${method} ${redactUrl(url)}${withParts}${expose.length === 0 ? "" : `, and to expose ${expose.join(", ")}`}`;
}
