import type { Exchange } from "../observe/pending-responses.ts";
import type { AdapterReports } from "./adapter-options.ts";
import {
  bareResponse,
  factsFromRequest,
  failedResponse,
  shown,
  withAnswer,
  withPendingAnswer,
} from "./fetch-messages.ts";
import { type Cors, corsOf, type Enforce, enforceOf, type Host, host } from "./host.ts";

export type { DecisionRecord } from "../observe/decision-record.ts";
export type { AdapterOptions } from "./adapter-options.ts";

/**
 * A handler of the Fetch form, as Workers, Deno, Bun and many frameworks have it. The request may be of a framework's own kind
 * (`NextRequest`, `BunRequest`); what else is passed is passed on.
 */
export type FetchHandler<Rest extends readonly unknown[], Received extends Request = Request> = (
  request: Received,
  ...rest: Rest
) => Response | Promise<Response>;

/** A handler whose every response carries the policy's headers. */
export type GuardedHandler<Rest extends readonly unknown[], Received extends Request = Request> = (
  request: Received,
  ...rest: Rest
) => Promise<Response>;

/** Puts the policy before a handler. */
export type FetchGuard = <Rest extends readonly unknown[], Received extends Request = Request>(
  handler: FetchHandler<Rest, Received>,
) => GuardedHandler<Rest, Received>;

/** Makes the guard; Next builds on it. */
export const fetchHost: Host<FetchGuard> = /* @__PURE__ */ host(
  (answerRequest, reports): FetchGuard =>
    (handler) =>
    async (request, ...rest) => {
      const exchange: Exchange = { request };
      const answer = await answerRequest(factsFromRequest(request), exchange);
      if (answer.status !== undefined) return shown(exchange, bareResponse(answer.status, answer, reports));
      return withPendingAnswer(
        request,
        answer,
        reports,
        () => callHandler(() => handler(request, ...rest), reports),
        (response, last) => shown(exchange, withAnswer(response, last, reports)),
      );
    },
);

/** {@link cors} of a policy that was made before; its checks stay out of the bundle. @throws {TypeError} if it is not a policy */
export const enforce: Enforce<FetchGuard> = /* @__PURE__ */ enforceOf(fetchHost);

/**
 * CORS for handlers of the Fetch form. The response that the handler made is copied, never changed, so a response that is shared or
 * immutable can be returned; one with status 101 is left alone. What the handler throws becomes a 500 with the same headers as a
 * success, unless it is a `Response`, which is taken as the answer.
 *
 * @throws {PolicyError} if the policy has a mistake
 *
 * @example
 * ```ts
 * import { cors } from "@corsmith/cors/fetch";
 *
 * const handle = cors({ allowOrigins: ["https://app.example.com"] })(() => new Response("hello"));
 * const response = await handle(new Request("https://api.example.com/", { headers: { origin: "https://app.example.com" } }));
 * console.assert(response.headers.get("access-control-allow-origin") === "https://app.example.com");
 * ```
 */
export const cors: Cors<FetchGuard> = /* @__PURE__ */ corsOf(fetchHost);

async function callHandler(call: () => Response | Promise<Response>, reports: AdapterReports): Promise<Response> {
  try {
    return await call();
  } catch (thrown) {
    return thrown instanceof Response ? thrown : failedResponse(thrown, reports);
  }
}
