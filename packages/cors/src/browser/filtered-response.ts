import { isForbiddenResponseHeader, isSafelistedResponseHeader } from "../http/header-names.ts";
import { isToken } from "../http/token.ts";
import type { Behaviour } from "./behaviour.ts";
import { extractHeaderListValues } from "./extract-header-list-values.ts";
import type { HeaderList } from "./header-list.ts";
import { headerLines } from "./header-list.ts";
import { currentUrl, type FetchRequest } from "./request.ts";
import { dropBody, type FilteredResponse, type ServerResponse } from "./response.ts";

/**
 * The answer as the page may see it.
 *
 * @see https://fetch.spec.whatwg.org/#concept-filtered-response
 */
export function filterResponse(
  type: FilteredResponse["type"],
  request: FetchRequest,
  response: ServerResponse,
  behaviour: Behaviour,
): FilteredResponse {
  const redirected = request.urlList.length > 1;
  if (type === "opaque" || type === "opaqueredirect") {
    dropBody(response);
    const hidden = { status: 0, statusText: "", headerList: [], body: null };
    return type === "opaque"
      ? { type, url: "", redirected: false, ...hidden }
      : { type, url: withoutFragment(currentUrl(request)), redirected, ...hidden };
  }
  const { status, statusText, body } = response;
  const headerList =
    type === "basic" ? basicHeaders(response.headerList) : corsHeaders(request, response.headerList, behaviour);
  return { type, status, statusText, url: withoutFragment(currentUrl(request)), redirected, headerList, body };
}

/** @see https://fetch.spec.whatwg.org/#concept-filtered-response-basic */
function basicHeaders(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => !isForbiddenResponseHeader(name.toLowerCase()));
}

/** @see https://fetch.spec.whatwg.org/#concept-filtered-response-cors */
function corsHeaders(request: FetchRequest, headers: HeaderList, behaviour: Behaviour): HeaderList {
  const exposed = exposedNames(headers, behaviour);
  const all = request.credentialsMode !== "include" && exposed.has("*");
  return basicHeaders(headers).filter(([name]) => {
    const lowerName = name.toLowerCase();
    return all || isSafelistedResponseHeader(lowerName) || exposed.has(lowerName);
  });
}

/** The names of `Access-Control-Expose-Headers` in lower case; none if it can not be read. */
function exposedNames(headers: HeaderList, behaviour: Behaviour): ReadonlySet<string> {
  const name = "access-control-expose-headers";
  const extracted = extractHeaderListValues(name, headers);
  if (extracted !== "failure") return new Set((extracted ?? []).map((member) => member.toLowerCase()));
  if (!behaviour.exposesAllBeforeBadName) return new Set();
  const members = headerLines(headers, name)
    .flatMap((line) => line.split(","))
    .map((member) => member.trim());
  const bad = members.findIndex((member) => member !== "" && !isToken(member));
  return new Set(members.slice(0, bad).filter((member) => member === "*"));
}

function withoutFragment(url: URL): string {
  return url.href.split("#")[0] ?? url.href;
}
