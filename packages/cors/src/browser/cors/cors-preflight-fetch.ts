import type { FailureCode } from "../../failures/failure.ts";
import { isSafelistedMethod } from "../../http/methods.ts";
import { maxAgeSeconds, preflightCacheQuery } from "../cache/cors-preflight-cache.ts";
import { type FetchParams, failed, note, passed } from "../fetch-params.ts";
import type { Header } from "../header-list.ts";
import { containsHeader, extractHeaderListValues } from "../header-list.ts";
import { httpNetworkOrCacheFetch } from "../network-fetch.ts";
import { currentUrl, type FetchRequest, wireUrl } from "../request/request.ts";
import { isAtOwnOrigin, serializeRequestOrigin } from "../request/request-origin.ts";
import {
  dropBody,
  isOkStatus,
  isRedirectStatus,
  type NetworkError,
  type ServerResponse,
  type Verdict,
} from "../response/response.ts";
import { corsCheck } from "./cors-check.ts";
import { corsUnsafeRequestHeaderNames } from "./safelisted-request-headers.ts";

const allowMethods = "Access-Control-Allow-Methods";
const allowHeaders = "Access-Control-Allow-Headers";

/**
 * Asks the server by `OPTIONS` whether it permits the request, and keeps the answer.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
 */
export async function corsPreflightFetch(params: FetchParams): Promise<Verdict> {
  const { request, behaviour } = params;
  const unsafeNames = corsUnsafeRequestHeaderNames(request.headerList, behaviour);
  const origin = behaviour.preflightOriginIgnoresRedirects ? request.origin : serializeRequestOrigin(request);
  const namesFirst = behaviour.preflightAfterRedirect === "once-needed-with-first-names";
  const asked = namesFirst ? corsUnsafeRequestHeaderNames(request.firstMade.headerList, behaviour) : unsafeNames;
  const preflight = preflightRequest(request, asked);
  note(params, "cors-preflight-fetch/request", { url: wireUrl(currentUrl(request)), method: request.method });
  const response = await httpNetworkOrCacheFetch({ ...params, request: preflight }, origin);
  if (response.type === "error") return response;
  dropBody(response);
  return checkAnswer(params, origin, response) ?? checkPermission(params, asked, response);
}

function preflightRequest(request: FetchRequest, names: readonly string[]): FetchRequest {
  const headerList: Header[] = [
    ["Accept", "*/*"],
    ["Access-Control-Request-Method", request.method],
  ];
  if (names.length > 0) headerList.push(["Access-Control-Request-Headers", names.join(",")]);
  return {
    ...request,
    method: "OPTIONS",
    headerList,
    body: null,
    urlList: [...request.urlList],
    mode: "cors",
    credentialsMode: "same-origin",
    cacheMode: "default",
    responseTainting: "cors",
  };
}

/** The CORS check and the status, in the order of the engine. */
function checkAnswer(params: FetchParams, origin: string, response: ServerResponse): Verdict {
  const { request, behaviour } = params;
  const input = { phase: "preflight", origin, credentialsMode: request.credentialsMode } as const;
  const order = behaviour.preflightChecks;
  if (order === "redirect-first" && isRedirect(response)) return statusFailure(params, response);
  if (order === "status-first" && !isOkStatus(response.status)) return statusFailure(params, response);
  const unchecked = behaviour.ownOriginPreflightUnchecked && isAtOwnOrigin(request);
  const refused = unchecked ? undefined : corsCheck(params, input, response);
  if (refused !== undefined) return refused;
  if (!isOkStatus(response.status)) return statusFailure(params, response);
  return passed(params, "cors-preflight-fetch/status", { status: response.status });
}

function statusFailure(params: FetchParams, response: ServerResponse): NetworkError {
  const code = isRedirect(response) ? "preflight-redirect" : "preflight-status-not-ok";
  return failed(params, "cors-preflight-fetch/status", code, { status: response.status });
}

function isRedirect(response: ServerResponse): boolean {
  return isRedirectStatus(response.status) && containsHeader(response.headerList, "location");
}

function checkPermission(params: FetchParams, unsafeNames: readonly string[], response: ServerResponse): Verdict {
  const methods = extractHeaderListValues("access-control-allow-methods", response.headerList);
  const headerNames = extractHeaderListValues("access-control-allow-headers", response.headerList);
  if (methods === "failure") {
    return failed(params, "cors-preflight-fetch/allow-methods", "invalid-allow-methods", { header: allowMethods });
  }
  if (headerNames === "failure") {
    const methodFirst = params.behaviour.matchesMethodBeforeHeaderList ? checkMethod(params, methods ?? []) : undefined;
    if (methodFirst !== undefined) return methodFirst;
    return failed(params, "cors-preflight-fetch/allow-headers", "invalid-allow-headers", { header: allowHeaders });
  }
  const lowerNames = (headerNames ?? []).map((name) => name.toLowerCase());
  const refused = checkMethod(params, methods ?? []) ?? checkHeaders(params, unsafeNames, lowerNames);
  if (refused === undefined || params.behaviour.keepsRefusals) keep(params, methods, lowerNames, response);
  return refused;
}

function checkMethod(params: FetchParams, methods: readonly string[]): Verdict {
  const { method, credentialsMode } = params.request;
  const wildcard = methods.includes("*");
  const facts = { header: allowMethods, method, allowed: methods } as const;
  if (methods.includes(method) || isSafelistedMethod(method) || (wildcard && credentialsMode !== "include")) {
    return passed(params, "cors-preflight-fetch/method", facts);
  }
  const code = wildcard ? "method-wildcard-with-credentials" : methodFailure(method, methods);
  return failed(params, "cors-preflight-fetch/method", code, facts);
}

function methodFailure(method: string, methods: readonly string[]): FailureCode {
  const upper = method.toUpperCase();
  return methods.some((name) => name.toUpperCase() === upper) ? "method-case-mismatch" : "method-not-allowed";
}

function checkHeaders(params: FetchParams, unsafeNames: readonly string[], allowed: readonly string[]): Verdict {
  const wildcard = allowed.includes("*");
  const include = params.request.credentialsMode === "include";
  for (const name of unsafeNames) {
    if (allowed.includes(name)) continue;
    const needsName = name === "authorization" && !params.behaviour.wildcardCoversAuthorization;
    if (wildcard && !include && !needsName) continue;
    const facts = { header: allowHeaders, names: [name], allowed } as const;
    return failed(params, "cors-preflight-fetch/headers", headerFailure(wildcard, include), facts);
  }
  return passed(params, "cors-preflight-fetch/headers", { header: allowHeaders, names: unsafeNames, allowed });
}

function headerFailure(wildcard: boolean, include: boolean) {
  if (!wildcard) return "header-not-allowed";
  return include ? "header-wildcard-with-credentials" : "header-authorization-not-covered-by-wildcard";
}

function keep(
  params: FetchParams,
  methods: readonly string[] | null,
  headerNames: readonly string[],
  response: ServerResponse,
): void {
  const { request, behaviour } = params;
  if (behaviour.cacheModesThatStoreNothing.includes(request.cacheMode)) return;
  const seconds = maxAgeSeconds(response.headerList, behaviour);
  const permitted = methods ?? (request.useCorsPreflight ? [request.method] : []);
  const permission = { methods: permitted, headerNames, maxAgeSeconds: seconds };
  params.preflightCache.store(preflightCacheQuery(request, behaviour), permission, params.now(), behaviour);
  if (seconds > 0) note(params, "cors-preflight-cache/store", { header: "Access-Control-Max-Age", seconds });
}
