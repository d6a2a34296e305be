import { type FetchParams, failed } from "../fetch-params.ts";
import { getHeader } from "../header-list.ts";
import { currentUrl } from "../request/request.ts";
import { isIpAddress, isSameOrigin, isSchemelesslySameSite } from "../request/request-origin.ts";
import type { ServerResponse, Verdict } from "../response/response.ts";

/**
 * Does the server forbid that other origins load this answer without CORS? The page has no embedder policy.
 *
 * @see https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
 */
export function crossOriginResourcePolicyCheck(params: FetchParams, response: ServerResponse): Verdict {
  const policy = getHeader(response.headerList, "cross-origin-resource-policy");
  const { origin } = params.request;
  const target = currentUrl(params.request).origin;
  if (policy !== "same-origin" && policy !== "same-site") return undefined;
  if (isSameOrigin(origin, target)) return undefined;
  const ofNoSite = params.behaviour.ipAddressesAreOfNoSite && isIpAddress(target);
  if (policy === "same-site" && !ofNoSite && isSchemelesslySameSite(origin, target)) {
    if (origin.startsWith("https:") || !target.startsWith("https:")) return undefined;
  }
  const facts = { header: "Cross-Origin-Resource-Policy", found: policy, origin, target } as const;
  return failed(params, "cross-origin-resource-policy-check/policy", "blocked-by-corp", facts);
}
