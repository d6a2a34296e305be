import type { Header, HeaderList } from "./header-list.ts";
import { hidden, redactUrl } from "./redact-url.ts";
import { isSecretName } from "./secret-name.ts";

const urlHeaders: ReadonlySet<string> = new Set(["location", "content-location", "referer", "refresh"]);

/**
 * Header lines without what must not be shown: the values of cookies, the credentials of `Authorization`, and all that stands under a
 * name such as `X-Api-Key`. What explains a refusal stays: the names of the cookies with their attributes, the scheme.
 *
 * @example
 * ```ts
 * import { redactHeaders } from "@corsmith/cors/browser";
 *
 * const [authorization] = redactHeaders([["Authorization", "Bearer abc"]]);
 * console.assert(authorization?.[1] === "Bearer (hidden)");
 * ```
 */
export function redactHeaders(headers: HeaderList): HeaderList {
  return headers.map(redactHeader);
}

function redactHeader([name, value]: Header): Header {
  const lowerName = name.toLowerCase();
  if (lowerName === "cookie") return [name, value.split(";").map(hideCookie).join("; ")];
  if (lowerName === "set-cookie" || lowerName === "set-cookie2") return [name, hideSetCookie(value)];
  if (lowerName === "authorization" || lowerName === "proxy-authorization") return [name, hideCredentials(value)];
  if (urlHeaders.has(lowerName)) return [name, redactUrl(value)];
  // The headers of the protocol itself are what is looked at: Access-Control-Allow-Credentials is no secret.
  return [name, isSecretName(lowerName) && !lowerName.startsWith("access-control-") ? hidden : value];
}

function hideCookie(pair: string): string {
  const name = pair.slice(0, Math.max(0, pair.indexOf("="))).trim();
  return name === "" ? hidden : `${name}=${hidden}`;
}

/** The attributes are no secret, and they decide whether the cookie is sent. */
function hideSetCookie(line: string): string {
  const end = line.indexOf(";");
  return end < 0 ? hideCookie(line) : `${hideCookie(line.slice(0, end))}${line.slice(end)}`;
}

/** A scheme is only there if something follows it: a value without a blank is all secret. */
function hideCredentials(value: string): string {
  const [, scheme] = /^([A-Za-z][A-Za-z0-9-]*) +\S/.exec(value) ?? [];
  return scheme === undefined ? hidden : `${scheme} ${hidden}`;
}
