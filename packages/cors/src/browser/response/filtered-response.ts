import { isForbiddenResponseHeader, isSafelistedResponseHeader } from "../../http/header-names.ts";
import { isToken } from "../../http/token.ts";
import type { Behaviour } from "../engines/behaviour.ts";
import {
  extractHeaderListValues,
  type Header,
  type HeaderList,
  headerLines,
  sortedLowercaseSet,
} from "../header-list.ts";
import { currentUrl, type FetchRequest } from "../request/request.ts";
import {
  dropBody,
  type FilteredResponse,
  isNullBodyStatus,
  type ResponseBody,
  type ServerResponse,
} from "./response.ts";

/** The answer as the page may see it. @see https://fetch.spec.whatwg.org/#concept-filtered-response */
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

/** The names of `Access-Control-Expose-Headers` in lower case; empty if it cannot be read. */
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

/**
 * The headers as a script that goes through `response.headers` sees them: lower case, sorted, lines of one name joined.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
 */
export function visibleHeaders(list: HeaderList, behaviour: Behaviour): readonly Header[] {
  const names = sortedLowercaseSet(list.map(([name]) => name));
  const hides = behaviour.hidesSeveralChallenges && headerLines(list, "www-authenticate").length > 1;
  const shown = hides ? names.filter((name) => name !== "www-authenticate") : names;
  return shown.map((name) => [name, combine(list, name, behaviour)]);
}

function combine(list: HeaderList, name: string, behaviour: Behaviour): string {
  const lines = headerLines(list, name);
  const filled = behaviour.dropsEmptyDuplicates ? lines.filter((line) => line !== "") : lines;
  const value = filled.join(name === "content-type" ? behaviour.valueSeparator : ", ");
  return behaviour.replacesInvalidUtf8 ? validUtf8(value) : value;
}

/** One char is one byte: what is not UTF-8 becomes the bytes of a replacement character. */
function validUtf8(bytes: string): string {
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    Uint8Array.from(bytes, (char) => char.charCodeAt(0)),
  );
  return String.fromCharCode(...new TextEncoder().encode(text));
}

/**
 * A platform `Response` that says of itself what a browser's would. The platform's constructor makes neither opaque responses nor a
 * `type`, so those are laid over it, also over its clones.
 *
 * @see https://fetch.spec.whatwg.org/#response-class
 */
export function scriptResponse(response: FilteredResponse, headers: readonly Header[]): Response {
  const { status, statusText } = response;
  const constructible = status >= 200 && status <= 599;
  const body = isNullBodyStatus(status) ? null : bytesOf(response.body);
  const init = { headers: headers.map(([name, value]): [string, string] => [name, value]) };
  const made = new Response(body, constructible ? { ...init, status, statusText } : init);
  return lay(made, response);
}

/** A text would give the response a type that the server did not send. */
function bytesOf(body: ResponseBody): Exclude<ResponseBody, string> {
  return typeof body === "string" ? new TextEncoder().encode(body) : body;
}

function lay(made: Response, response: FilteredResponse): Response {
  const { type, status, statusText, url, redirected } = response;
  const clone = made.clone.bind(made);
  return Object.defineProperties(made, {
    type: { value: type },
    status: { value: status },
    statusText: { value: statusText },
    ok: { value: status >= 200 && status <= 299 },
    url: { value: url },
    redirected: { value: redirected },
    clone: { value: () => lay(clone(), response) },
  });
}
