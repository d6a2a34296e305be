import type { ExplanationCode } from "../failures/failure.ts";
import type { Facts } from "./facts.ts";
import type { Reporter } from "./known-messages.ts";

type Codes = readonly ExplanationCode[];

/** Of the failures that share a text, those that its facts leave. */
export function narrowCodes(codes: Codes, facts: Facts, engine: Reporter | undefined): Codes {
  const { value, url, status } = facts;
  if (value !== undefined && hasBoth(codes, "allow-origin-mismatch", "multiple-allow-origin-values"))
    return byAllowOrigin(codes, value);
  if (value !== undefined && hasBoth(codes, "forbidden-method", "invalid-method")) return byMethod(value);
  if (url !== undefined && hasBoth(codes, "disallowed-by-mode", "redirect-non-http-scheme"))
    return /^https?:/i.test(url)
      ? ["disallowed-by-mode", "unsafe-port"]
      : ["cors-disabled-scheme", "redirect-non-http-scheme"];
  // The port is looked at only if the mode has let it pass.
  if (hasBoth(codes, "disallowed-by-mode", "unsafe-port")) return ["disallowed-by-mode", "unsafe-port"];
  if (status !== undefined && codes.includes("preflight-status-not-ok")) return byStatus(codes, status, engine);
  return codes;
}

function hasBoth(codes: Codes, one: ExplanationCode, other: ExplanationCode): boolean {
  return codes.includes(one) && codes.includes(other);
}

/** Firefox writes one text for every value that is not the origin. */
function byAllowOrigin(codes: Codes, value: string): Codes {
  const group = /[\s,]/.test(value.trim()) ? "multiple-allow" : isUrl(value) ? "origin-mismatch" : "invalid-allow";
  return codes.filter(
    (code) => code.includes(group) || (group === "origin-mismatch" && code === "redirect-origin-becomes-null"),
  );
}

/** What stood beyond ASCII is escaped by now, and was no part of a URL. */
function isUrl(value: string): boolean {
  return value === "null" || value === "*" || (!value.includes("\\u") && URL.canParse(value));
}

/** Firefox writes one text for every method that it does not take. */
function byMethod(value: string): Codes {
  if (/^(?:connect|trace|track)$/i.test(value)) return ["forbidden-method"];
  return /^[\w!#$%&'*+.^`|~-]+$/.test(value) ? ["no-cors-method-not-safelisted", "invalid-method"] : ["invalid-method"];
}

/** Which statuses are redirects. @see https://fetch.spec.whatwg.org/#redirect-status */
export function isRedirectStatus(status: number | undefined): boolean {
  return status !== undefined && [301, 302, 303, 307, 308].includes(status);
}

function byStatus(codes: Codes, status: number, engine: Reporter | undefined): Codes {
  // A redirect without Location is none, and is told by the same words.
  if (isRedirectStatus(status))
    return [...codes.filter((code) => code.startsWith("preflight-redirect")), "preflight-status-not-ok"];
  return engine === undefined ? codes : ["preflight-status-not-ok"];
}
