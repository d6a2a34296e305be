import type { Exchange } from "../observe/pending-responses.ts";
import { mustBePolicy, type Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";
import { respond } from "../respond/respond.ts";
import { type AdapterOptions, type AdapterReports, adapterReports } from "./adapter-options.ts";
import { decideRequest } from "./decide-request.ts";
import {
  bareResponse,
  factsFromRequest,
  failedResponse,
  shown,
  withAnswer,
  withUnderwayAnswer,
} from "./fetch-messages.ts";
import { toPolicy } from "./host.ts";

export type { DecisionRecord } from "../observe/decision-record.ts";
export type { AdapterOptions } from "./adapter-options.ts";

/** A handler of the Fetch form, as Workers, Deno, Bun and many frameworks have it. What else is passed is passed on. */
export type FetchHandler<Rest extends readonly unknown[]> = (
  request: Request,
  ...rest: Rest
) => Response | Promise<Response>;

/** A handler whose every response carries the policy's headers. */
export type GuardedHandler<Rest extends readonly unknown[]> = (request: Request, ...rest: Rest) => Promise<Response>;

/** Puts the policy before a handler. */
export type FetchGuard = <Rest extends readonly unknown[]>(handler: FetchHandler<Rest>) => GuardedHandler<Rest>;

/**
 * CORS for handlers of the Fetch form. The response that the handler made is copied, never changed, so a response that is shared or
 * immutable can be returned; one with status 101 is left alone. What the handler throws becomes a 500 with the same headers as a
 * success, unless it is a `Response`, which is taken as the answer.
 *
 * @param policy a policy, or what one is made of
 * @throws {PolicyError} if the policy has a mistake
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
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
export function cors(policy: PolicyInput | Policy, options: AdapterOptions = {}): FetchGuard {
  return enforce(toPolicy(policy), options);
}

/**
 * The same for a policy that is there already, made by `definePolicy` or by `restorePolicy`. A bundle that uses this instead of `cors`
 * leaves out the checks of a policy.
 *
 * @throws {TypeError} if it is no policy
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function enforce(policy: Policy, options: AdapterOptions = {}): FetchGuard {
  const checked = mustBePolicy(policy);
  const reports = adapterReports(options);
  return (handler) =>
    async (request, ...rest) => {
      const exchange: Exchange = { request };
      const answer = respond(await decideRequest(checked, factsFromRequest(request), reports, exchange));
      if (answer.status !== undefined) return shown(exchange, bareResponse(answer.status, answer, reports));
      return withUnderwayAnswer(
        request,
        answer,
        reports,
        () => callHandler(() => handler(request, ...rest), reports),
        (response, last) => shown(exchange, withAnswer(response, last, reports)),
      );
    };
}

async function callHandler(call: () => Response | Promise<Response>, reports: AdapterReports): Promise<Response> {
  try {
    return await call();
  } catch (thrown) {
    return thrown instanceof Response ? thrown : failedResponse(thrown, reports);
  }
}
