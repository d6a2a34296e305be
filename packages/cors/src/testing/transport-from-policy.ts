import { headerLines } from "../browser/header-list.ts";
import type { Header, HeaderList, Transport, TransportRequest, TransportResponse } from "../browser/index.ts";
import { decideWithLookup } from "../decide/decide.ts";
import type { RequestFacts } from "../decide/decision.ts";
import { isCorsResponseHeader } from "../http/header-names.ts";
import { definePolicy } from "../policy/define-policy.ts";
import { isPolicy, type Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";
import { type Answer, mergeVary, respond } from "../respond/respond.ts";
import { known } from "./transports.ts";

/** What the application behind the policy answers; the CORS headers and `Vary` are the policy's. */
export type ApplicationAnswer =
  | Partial<TransportResponse>
  | ((request: TransportRequest) => Partial<TransportResponse> | Promise<Partial<TransportResponse>>);

/**
 * A server that is a policy and nothing else: it answers as the adapters and the gateway do. Preflights and what `crossOriginProtection`
 * refuses never reach the application; everything else gets its answer, with the policy's headers on it.
 *
 * @param policy a policy, or what one is made of
 * @param application what the application answers; an empty 200 if left out. If it throws, there is no answer.
 * @throws {PolicyError} if the policy has a mistake
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
export function transportFromPolicy(policy: PolicyInput | Policy, application: ApplicationAnswer = {}): Transport {
  const checked = isPolicy(policy) ? policy : definePolicy(policy);
  return known(async (request) => {
    const answer = respond(await decideWithLookup(checked, factsOf(request)));
    if (answer.status !== undefined) {
      const { status, body } = answer;
      return withAnswer({ status, ...(body && { headers: [["Content-Type", body.type]], body: body.text }) }, answer);
    }
    return withAnswer(typeof application === "function" ? await application(request) : application, answer);
  });
}

function withAnswer(response: Partial<TransportResponse>, answer: Answer): TransportResponse {
  const headers: Header[] = [];
  const vary: string[] = [];
  for (const line of response.headers ?? []) {
    if (line[0].toLowerCase() === "vary" && answer.vary !== undefined) vary.push(line[1]);
    else if (!isCorsResponseHeader(line[0])) headers.push(line);
  }
  headers.push(...answer.headers);
  if (answer.vary !== undefined) headers.push(["Vary", mergeVary(vary, answer.vary)]);
  return { ...response, status: response.status ?? 200, headers };
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
