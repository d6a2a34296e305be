import { type AdapterReports, adapterReports } from "../adapters/adapter-options.ts";
import { withExposed } from "../adapters/expose-headers.ts";
import { deciding } from "../adapters/host.ts";
import { type PolicySource, readSource } from "../adapters/policy-source.ts";
import { headerLines } from "../browser/header-list.ts";
import type { Header, HeaderList, Transport, TransportRequest, TransportResponse } from "../browser/index.ts";
import type { RequestFacts } from "../decide/decision.ts";
import { isCorsResponseHeader, isExposeHeaders } from "../http/header-names.ts";
import { type Answer, mergeVary, respond } from "../respond/respond.ts";
import { known } from "./transports.ts";

/**
 * What the application behind the policy answers. The CORS headers are the policy's, as they are behind an adapter: what the application
 * exposes by `Access-Control-Expose-Headers` is added to them, its other CORS headers go, and its `Vary` is merged.
 */
export type ApplicationAnswer =
  | Partial<TransportResponse>
  | ((request: TransportRequest) => Partial<TransportResponse> | Promise<Partial<TransportResponse>>);

/**
 * A server that is a policy and nothing else: it answers as the adapters do. Preflights and what `crossOriginProtection` refuses never
 * reach the application; everything else gets its answer, with the policy's headers on it.
 *
 * @param policy all that the adapters take: a policy, or what one is made of; policies by route, `{ policy, routes }`; a function that
 * chooses one by `{ host, path, query }`; or `false`, for an application that answers CORS itself
 * @param application what the application answers; an empty 200 if left out. If it throws, there is no answer.
 * @throws {PolicyError} if the policy has a mistake
 * @throws {RouteConflictError} if a policy or a path of the routes has one
 *
 * @example
 * ```ts
 * import { openPage } from "@corsmith/cors/browser";
 * import { transportFromPolicy } from "@corsmith/cors/testing";
 *
 * const transport = transportFromPolicy({ allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] });
 * const page = openPage({ origin: "https://app.example.com", transport });
 * const trace = await page.trace("https://api.example.com/", { method: "DELETE" });
 * console.assert(trace.outcome === "error" && trace.code === "method-not-allowed");
 * ```
 */
export function transportFromPolicy(policy: PolicySource, application: ApplicationAnswer = {}): Transport {
  const reports = adapterReports({ onConflict: () => {} });
  const decide = deciding(readSource(policy, reports));
  return known(async (request) => {
    const { method, url } = request;
    const answer = respond(await decide(factsOf(request), { request: { method, url } }));
    if (answer.status !== undefined) {
      const { status, body } = answer;
      const made = { status, ...(body && { headers: [["Content-Type", body.type] as const], body: body.text }) };
      return withAnswer(made, answer, reports);
    }
    return withAnswer(typeof application === "function" ? await application(request) : application, answer, reports);
  });
}

function withAnswer(response: Partial<TransportResponse>, answer: Answer, reports: AdapterReports): TransportResponse {
  const { status = 200, headers: own = [] } = response;
  if (answer.untouched) return { ...response, status, headers: own };
  const headers: Header[] = [];
  const vary: string[] = [];
  const exposed: string[] = [];
  for (const line of own) {
    if (line[0].toLowerCase() === "vary" && answer.vary !== undefined) vary.push(line[1]);
    else if (isExposeHeaders(line[0])) exposed.push(line[1]);
    else if (!isCorsResponseHeader(line[0])) headers.push(line);
  }
  headers.push(...withExposed(answer, exposed, reports));
  if (answer.vary !== undefined) headers.push(["Vary", mergeVary(vary, answer.vary)]);
  return { ...response, status, headers };
}

function factsOf({ method, url, headers }: TransportRequest): RequestFacts {
  const start = url.indexOf("://") + 3;
  const end = url.indexOf("/", start);
  return {
    method,
    origin: linesOf(headers, "origin"),
    requestMethod: linesOf(headers, "access-control-request-method")?.join(", "),
    requestHeaders: linesOf(headers, "access-control-request-headers"),
    host: end < 0 ? url.slice(start) : url.slice(start, end),
    fetchSite: linesOf(headers, "sec-fetch-site")?.[0],
    upgrade: false,
  };
}

function linesOf(headers: HeaderList, lowerName: string): readonly string[] | undefined {
  const lines = headerLines(headers, lowerName);
  return lines.length === 0 ? undefined : lines;
}
