import { decideWithLookup } from "../decide/decide-with-lookup.ts";
import type { RequestFacts } from "../decide/decision.ts";
import { isCorsResponseHeader } from "../http/header-names.ts";
import type { Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";
import { mergeVary } from "../respond/merge-vary.ts";
import { type Answer, respond } from "../respond/respond.ts";
import { type AdapterOptions, type AdapterReports, adapterReports, toPolicy } from "./adapter-options.ts";

export type { AdapterOptions } from "./adapter-options.ts";

/** A handler of the Fetch form, as Workers, Deno, Bun and many frameworks have it. What else is passed is passed on. */
export type FetchHandler<Rest extends readonly unknown[]> = (
  request: Request,
  ...rest: Rest
) => Response | Promise<Response>;

/** A handler whose every response carries the policy's headers. */
export type GuardedHandler<Rest extends readonly unknown[]> = (request: Request, ...rest: Rest) => Promise<Response>;

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
export function cors(
  policy: PolicyInput | Policy,
  options: AdapterOptions = {},
): <Rest extends readonly unknown[]>(handler: FetchHandler<Rest>) => GuardedHandler<Rest> {
  const checked = toPolicy(policy);
  const reports = adapterReports(options);
  return (handler) =>
    async (request, ...rest) => {
      const answer = respond(await decideWithLookup(checked, factsFromRequest(request)));
      if (answer.status !== undefined)
        return applyAnswer(new Response(null, { status: answer.status }), answer, reports);
      return applyAnswer(await callHandler(() => handler(request, ...rest), reports), answer, reports);
    };
}

/** `Headers` joins repeated lines with a comma, and no origin has one: two of them are refused as they must be. */
function factsFromRequest(request: Request): RequestFacts {
  const { headers, method, url } = request;
  const get = (name: string): string | undefined => headers.get(name) ?? undefined;
  return {
    method,
    origin: get("origin"),
    requestMethod: get("access-control-request-method"),
    requestHeaders: get("access-control-request-headers"),
    host: hostOf(url),
    fetchSite: get("sec-fetch-site"),
    upgrade: get("upgrade")?.toLowerCase() === "websocket",
  };
}

function hostOf(url: string): string {
  const start = url.indexOf("://") + 3;
  const end = url.indexOf("/", start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
}

async function callHandler(call: () => Response | Promise<Response>, reports: AdapterReports): Promise<Response> {
  try {
    return await call();
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    reports.onError(thrown);
    return new Response("Internal Server Error", { status: 500 });
  }
}

/** @see https://fetch.spec.whatwg.org/#concept-response-status-message — a status below 200 cannot be given to a new response */
function applyAnswer(response: Response, answer: Answer, reports: AdapterReports): Response {
  if (response.status < 200) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of response.headers) {
    if (!isCorsResponseHeader(name)) continue;
    reports.onConflict(name, value);
    headers.delete(name);
  }
  for (const [name, value] of answer.headers) headers.set(name, value);
  if (answer.vary !== undefined) headers.set("Vary", mergeVary(headers.get("Vary") ?? undefined, answer.vary));
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
