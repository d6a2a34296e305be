import type { Behaviour } from "./behaviour.ts";
import type { Header } from "./header-list.ts";
import { currentUrl, type FetchRequest } from "./request.ts";
import { serializeRequestOrigin } from "./serialize-request-origin.ts";

/**
 * Adds `Origin` where the standard wants one. The referrer policy is the default one, `strict-origin-when-cross-origin`.
 *
 * @see https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
export function appendRequestOriginHeader(request: FetchRequest, headers: Header[], behaviour: Behaviour): void {
  const serialized = serializeRequestOrigin(request);
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (request.responseTainting === "cors" || hasOriginAnyway(request, behaviour)) {
    headers.push(["Origin", serialized]);
  } else if (!isRead) {
    const downgrade = request.origin.startsWith("https:") && currentUrl(request).protocol !== "https:";
    headers.push(["Origin", request.mode !== "cors" && downgrade ? "null" : serialized]);
  } else {
    return;
  }
  request.originSent = true;
}

/** Does this engine send an `Origin` where the standard wants none? */
function hasOriginAnyway(request: FetchRequest, behaviour: Behaviour): boolean {
  if (request.originSent && behaviour.keepsOriginOnceSent) return true;
  if (request.origin !== "null" || request.credentialsMode !== "include" || request.mode !== "no-cors") return false;
  switch (behaviour.opaqueOriginSentWithCredentials) {
    case "never":
      return false;
    case "until-method-changes":
      return request.method === request.firstMade.method;
    case "until-origin-changes":
      return request.urlList.every(({ origin }) => origin === request.urlList[0]?.origin);
  }
}
