import { correctOrigin } from "./correct-origin.ts";
import { isCanonicalHost, isIpHost } from "./host.ts";
import { type OriginPattern, splitLabel } from "./origin-pattern.ts";
import { defaultPort, isPort, isScheme, maxOriginLength } from "./parse-origin.ts";

/** What is wrong with an entry of `allowOrigins`. */
export type OriginFault =
  | "comma-joined"
  | "default-port"
  | "host-invalid"
  | "host-not-ascii"
  | "ip-not-canonical"
  | "pattern-too-wide"
  | "port-invalid"
  | "regular-expression"
  | "scheme-missing"
  | "scheme-unusable"
  | "too-long"
  | "trailing-slash"
  | "uppercase"
  | "userinfo"
  | "whitespace"
  | "wildcard-in-address"
  | "wildcard-in-app-origin"
  | "wildcard-misplaced"
  | "with-path";

/** An entry as it was read, or its first fault, with the corrected text where one can be worked out. */
export type ParsedOriginPattern =
  | { readonly pattern: OriginPattern }
  | { readonly fault: OriginFault; readonly correction: string | undefined };

/** Schemes whose pages have an opaque origin, or on which no page can stand. */
const unusableSchemes: ReadonlySet<string> = new Set([
  "about",
  "blob",
  "data",
  "file",
  "filesystem",
  "ftp",
  "javascript",
  "mailto",
  "view-source",
  "ws",
  "wss",
]);

/**
 * Parses an entry of `allowOrigins`: `*`, `null`, an exact origin, `*` for the first labels of a host or for a part of the first one, `*` as
 * the port. It is strict, since an entry
 * that is almost an origin matches nothing and says nothing: the correction is offered, never made.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-allow-origin
 */
export function parseOriginPattern(text: string): ParsedOriginPattern {
  const read = readPattern(text);
  if (typeof read !== "string") return { pattern: read };
  const correction = correctOrigin(text);
  const corrected = correction !== undefined && correction !== text && typeof readPattern(correction) !== "string";
  return { fault: read, correction: corrected ? correction : undefined };
}

function readPattern(text: string): OriginPattern | OriginFault {
  if (text === "*") return { kind: "any" };
  if (text === "null") return { kind: "null" };
  const fault = textFault(text);
  if (fault !== undefined) return fault;
  const schemeEnd = text.indexOf("://");
  const scheme = text.slice(0, schemeEnd);
  const rest = text.slice(schemeEnd + 3);
  const tail = rest.search(/[/?#]/);
  const authority = tail < 0 ? rest : rest.slice(0, tail);
  const before = schemeFault(scheme) ?? (authority.includes("@") ? "userinfo" : undefined);
  if (before !== undefined) return before;
  if (tail >= 0) return rest.slice(tail) === "/" ? "trailing-slash" : "with-path";
  return readAuthority(scheme, authority);
}

function textFault(text: string): OriginFault | undefined {
  if (text.includes(",")) return "comma-joined";
  if (/\s/.test(text)) return "whitespace";
  if (/[\\^$()|]|^\/[^/]|\[[^\]:]*-/.test(text)) return "regular-expression";
  if (text.length > maxOriginLength) return "too-long";
  return text.indexOf("://") > 0 ? undefined : "scheme-missing";
}

function schemeFault(scheme: string): OriginFault | undefined {
  if (scheme.includes("*")) return "wildcard-misplaced";
  if (!isScheme(scheme.toLowerCase())) return "scheme-missing";
  if (unusableSchemes.has(scheme.toLowerCase())) return "scheme-unusable";
  return scheme === scheme.toLowerCase() ? undefined : "uppercase";
}

function readAuthority(scheme: string, authority: string): OriginPattern | OriginFault {
  const colon = authority.startsWith("[") ? authority.indexOf(":", authority.indexOf("]")) : authority.indexOf(":");
  const name = colon < 0 ? authority : authority.slice(0, colon);
  const port = colon < 0 ? "" : authority.slice(colon + 1);
  const { label, host } = splitLabel(name);
  const fault =
    wildcardFault(scheme, name, port) ?? hostFault(name.replace("*", "x"), host) ?? portFault(scheme, port, colon >= 0);
  if (fault !== undefined) return fault;
  if (label !== undefined || port === "*") return { kind: "pattern", scheme, label, host, port };
  return { kind: "exact", scheme, host, port };
}

function wildcardFault(scheme: string, name: string, port: string): OriginFault | undefined {
  // An app's origin is its identity: there is nothing under it, and its port, if any, is part of it.
  if (defaultPort(scheme) === undefined)
    return name.includes("*") || port === "*" ? "wildcard-in-app-origin" : undefined;
  if (!name.includes("*")) return undefined;
  if (name === "*") return "pattern-too-wide";
  const { label, host } = splitLabel(name);
  if (/^[\d.*]+$|^\[/.test(name) || isIpHost(host)) return "wildcard-in-address";
  // An international label is encoded as a whole, so what a star in it stands for says nothing.
  const isPart = label !== undefined && name.split("*").length === 2 && !label.startsWith("xn--");
  return isPart ? undefined : "wildcard-misplaced";
}

/** @param sample the whole host, with a letter for its wildcard. @param fixed the part behind that label */
function hostFault(sample: string, fixed: string): OriginFault | undefined {
  if (/[^\0-\x7f]/.test(sample)) return "host-not-ascii";
  if (sample !== sample.toLowerCase()) return "uppercase";
  if (isCanonicalHost(sample)) return fixed.includes("xn--") && !isRegisteredName(fixed) ? "host-invalid" : undefined;
  return sample.startsWith("[") || /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/.test(sample) ? "ip-not-canonical" : "host-invalid";
}

/** Asks the URL parser, which knows the tables of UTS 46, whether the punycode in a host stands for something. */
function isRegisteredName(host: string): boolean {
  return URL.canParse(`https://${host}`) && new URL(`https://${host}`).host === host;
}

function portFault(scheme: string, port: string, written: boolean): OriginFault | undefined {
  if (!written || port === "*") return undefined;
  if (!isPort(port)) return "port-invalid";
  return port === defaultPort(scheme) ? "default-port" : undefined;
}
