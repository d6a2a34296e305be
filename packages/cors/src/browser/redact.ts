import type { Header, HeaderList } from "./header-list.ts";
import type { Step } from "./step.ts";
import type { Exchange, Trace } from "./trace.ts";

const secretWords: ReadonlySet<string> = new Set([
  ..."apikey assertion auth authorization authtoken credential credentials csrf csrftoken jwt key passphrase".split(
    " ",
  ),
  ..."passwd password pwd secret session sessionid sid sig signature ticket token xsrf".split(" "),
]);

/**
 * Does the name of a header or a parameter suggest that its value is a secret? By whole words, in `kebab-case`, `snake_case` and
 * `camelCase`: `api_key` and `accessToken` do, `monkey` does not.
 */
function isSecretName(name: string): boolean {
  // An OAuth code is a secret; an error code, with a word before it, is not.
  if (name === "code") return true;
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some((word) => secretWords.has(word));
}

/** What stands where a secret stood. */
export const hidden = "(hidden)";

/**
 * A URL without user name and password, and without the values of parameters that sound like secrets, such as `access_token`, in the query
 * and in the fragment. Everything else stays as it was written. A secret in the path is not recognised, and stays too.
 *
 * @example
 * ```ts
 * import { redactUrl } from "@corsmith/cors/browser";
 *
 * console.assert(redactUrl("https://me:pw@api.example/x?page=2&api_key=abc") === "https://api.example/x?page=2&api_key=(hidden)");
 * ```
 */
export function redactUrl(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:)?([\\/]{2})[^/\\?#]*@/i, "$1$2")
    .replaceAll(/([?&#;])([^=&#;?]+)=([^&#;]*)/g, (pair, mark: string, name: string, value: string) =>
      value !== "" && isSecretName(decoded(name)) ? `${mark}${name}=${hidden}` : pair,
    );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const urlHeaders: ReadonlySet<string> = new Set(["location", "content-location", "referer", "refresh"]);

/**
 * Header lines without what must not be shown: the values of cookies, the credentials of `Authorization`, and everything under a
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
  // The protocol's own headers are what is examined: Access-Control-Allow-Credentials is not a secret.
  return [name, isSecretName(lowerName) && !lowerName.startsWith("access-control-") ? hidden : value];
}

function hideCookie(pair: string): string {
  const name = pair.slice(0, Math.max(0, pair.indexOf("="))).trim();
  return name === "" ? hidden : `${name}=${hidden}`;
}

/** The attributes are not secret, and they decide whether the cookie is sent. */
function hideSetCookie(line: string): string {
  const end = line.indexOf(";");
  return end < 0 ? hideCookie(line) : `${hideCookie(line.slice(0, end))}${line.slice(end)}`;
}

/** A scheme is only there if something follows it: a value without a blank is all secret. */
function hideCredentials(value: string): string {
  const [, scheme] = /^([A-Za-z][A-Za-z0-9-]*) +\S/.exec(value) ?? [];
  return scheme === undefined ? hidden : `${scheme} ${hidden}`;
}

/**
 * An exchange that may be printed, logged or sent on: see `redactHeaders` and `redactUrl`. Foreign text is still in it as it
 * was written: cap and escape it before you print it.
 *
 * @example
 * ```ts
 * import { redactExchange } from "@corsmith/cors/browser";
 *
 * const { request } = redactExchange({
 *   kind: "actual",
 *   request: { method: "GET", url: "https://api.example/?token=abc", headers: [["Cookie", "sid=31; theme=dark"]] },
 * });
 * console.assert(request.url === "https://api.example/?token=(hidden)");
 * console.assert(request.headers[0]?.[1] === "sid=(hidden); theme=(hidden)");
 * ```
 */
export function redactExchange(exchange: Exchange): Exchange {
  const { request, response } = exchange;
  const redacted = {
    ...exchange,
    request: { ...request, url: redactUrl(request.url), headers: redactHeaders(request.headers) },
  };
  return response === undefined
    ? redacted
    : { ...redacted, response: { ...response, headers: redactHeaders(response.headers) } };
}

/**
 * A trace that may be printed, logged or sent on: its exchanges, its visible headers, and what its steps found.
 *
 * @example
 * ```ts
 * import { openPage, redactTrace } from "@corsmith/cors/browser";
 *
 * const transport = async () => ({ status: 200, headers: [["Set-Cookie", "sid=31; Secure"]] as const });
 * const page = openPage({ origin: "https://app.example.com", transport });
 * const { exchanges } = redactTrace(await page.trace("https://api.example.com/?token=abc"));
 * console.assert(exchanges[0]?.response?.headers[0]?.[1] === "sid=(hidden); Secure");
 * ```
 */
export function redactTrace(trace: Trace): Trace {
  const steps = trace.steps.map(redactStep);
  const exchanges = trace.exchanges.map(redactExchange);
  if (trace.outcome === "error") return { ...trace, steps, exchanges };
  const { response } = trace;
  const url = redactUrl(response.url);
  return { ...trace, steps, exchanges, response: { ...response, url, headers: redactHeaders(response.headers) } };
}

function redactStep(step: Step): Step {
  const { facts } = step;
  const redacted = {
    ...facts,
    ...("url" in facts && { url: redactUrl(facts.url) }),
    ...("found" in facts && facts.found !== null && { found: redactUrl(facts.found) }),
    // Foreign text, which may name URLs.
    ...("reason" in facts && { reason: facts.reason.replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"]+/gi, redactUrl) }),
  };
  return { ...step, facts: redacted } as Step;
}
