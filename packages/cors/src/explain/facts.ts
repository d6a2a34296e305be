import { parseUrl } from "../http/parse-url.ts";
/** What a text says in addition to its reason. It holds no secrets: user names, passwords, query strings and what looks like a token are cut. */
export interface Facts {
  /** The requested URL, or the one at the end of a redirect. */
  readonly url?: string;
  /** The page's origin; `null` for a page that has none. */
  readonly origin?: string;
  readonly method?: string;
  readonly header?: string;
  /** The value of the header that was refused. */
  readonly value?: string;
  readonly status?: number;
  /** The URL that was requested before it was redirected to `url`. */
  readonly redirectedFrom?: string;
  /** Where a redirect would have led. */
  readonly redirectedTo?: string;
}

const maxLength = 200;

/** Facts from the places of a template, each made safe to show. */
export function factsOf(places: ReadonlyMap<string, string>): Facts {
  return Object.assign({}, ...[...places].map(([place, text]) => factOf(place, text)));
}

function factOf(place: string, text: string): Facts {
  // The full stop after a URL belongs to the sentence.
  const word = text.replace(/[.,;:]$/, "");
  switch (place) {
    case "url":
      return { url: cleanUrl(word) };
    case "from":
      return { redirectedFrom: cleanUrl(word) };
    case "to":
      return { redirectedTo: cleanUrl(word) };
    case "origin":
      return cleanOrigin(word);
    case "status":
      return { status: Number(text) };
    case "value":
      return { value: shown(text.split(",").map(cleanValue).join(",")) };
    default:
      return place === "method" || place === "header" ? { [place]: shown(text) } : {};
  }
}

/** A URL without what may be secret: no user name, password, query or fragment, and nothing in the path that looks like a token. */
export function cleanUrl(text: string): string {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]{0,30}:\/\/)?(.*)$/is.exec(text) ?? [];
  const query = rest.search(/[?#]/);
  const path = query < 0 ? rest : rest.slice(0, query);
  const [authority = "", ...segments] = path.split("/");
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  const parts = [host, ...segments.map((segment) => (looksSecret(segment) ? "..." : segment))];
  return shown(`${scheme}${parts.join("/")}${rest[query] === "?" ? "?..." : ""}`);
}

/** Some messages name the page itself, not its origin; apps have schemes of their own. */
function cleanOrigin(text: string): Facts {
  if (text === "null") return { origin: text };
  const origin = parseUrl(text)?.origin;
  if (origin !== undefined && origin !== "null") return { origin: shown(origin) };
  return /^[a-z][a-z0-9+.-]{0,30}:\/\/[^/?#@\s]+$/i.test(text) ? { origin: shown(text) } : {};
}

/** The value of a header: often an origin, sometimes a URL. */
function cleanValue(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.includes("://")) return text;
  const secret = trimmed.lastIndexOf("@");
  const scheme = trimmed.indexOf("://") + 3;
  const cleaned = secret > scheme ? `${trimmed.slice(0, scheme)}...@${trimmed.slice(secret + 1)}` : trimmed;
  return text.replace(trimmed, () => cleaned.replace(/[?#].*$/s, "?..."));
}

/** A JSON web token, a key, a session id: long, with letters and digits but no words. */
function looksSecret(segment: string): boolean {
  return /^eyJ[\w-]{8,}/.test(segment) || (segment.length >= 24 && /\d/.test(segment) && /^[\w.~%=+-]+$/.test(segment));
}

/** Untrusted text, capped and escaped: printable ASCII only. */
function shown(text: string): string {
  const capped = text.length > maxLength ? `${text.slice(0, maxLength)}...` : text;
  return capped.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
