import { isLoopbackHost } from "./host.ts";

/**
 * Works out what was probably meant by an entry that is not an origin: a scheme is put in front, a path, a user name and a default
 * port are dropped, the host is written as browsers write it. The result is a suggestion to a person; nothing ever matches by it.
 *
 * @example
 * ```ts
 * import { checkPolicy } from "@corsmith/cors";
 *
 * console.assert(checkPolicy({ allowOrigins: "App.Example.com/" })[0]?.fix === "https://app.example.com");
 * ```
 */
export function correctOrigin(text: string): string | undefined {
  const trimmed = text
    .replace(/[\s"']+/g, "")
    .replace(/^\/\//, "")
    .replace(/^http\w?\*:/i, "https:");
  if (trimmed === "" || trimmed.includes(",")) return undefined;
  if (trimmed.toLowerCase() === "null") return "null";
  const [, given, rest = ""] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/i.exec(trimmed) ?? [
    undefined,
    undefined,
    trimmed.replace(/^https?:\/*/i, ""),
  ];
  const authority = rest.replace(/[/?#].*$/, "").replace(/^.*@/, "");
  const anyPort = authority.endsWith(":*");
  const host = authority
    .replace(/:\*?$/, "")
    .replace(/\.$/, "")
    .replace(/\.(?=:\d+$)/, "");
  if (host === "" || host === "*") return undefined;
  // The URL parser leaves the star of a pattern as it is.
  const origin = serialize(webScheme(given?.toLowerCase() ?? guessScheme(trimmed, host)), host);
  return origin === undefined ? undefined : `${origin}${anyPort ? ":*" : ""}`;
}

function serialize(scheme: string, host: string): string | undefined {
  const isWeb = scheme === "http" || scheme === "https";
  const href = `${isWeb ? scheme : "https"}://${host}`;
  if (!URL.canParse(href)) return undefined;
  return `${scheme}://${new URL(href).host}`;
}

function guessScheme(text: string, host: string): string {
  if (/^http:/i.test(text)) return "http";
  const href = `http://${host}`;
  return URL.canParse(href) && isLoopbackHost(new URL(href).hostname) ? "http" : "https";
}

/** WebSocket schemes never stand in `Origin`: the page has the scheme that belongs to them. */
function webScheme(scheme: string): string {
  if (scheme === "ws") return "http";
  return scheme === "wss" ? "https" : scheme;
}
