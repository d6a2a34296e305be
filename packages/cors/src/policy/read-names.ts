import type { FindingCode } from "../finding.ts";
import {
  isCorsRequestHeader,
  isCorsResponseHeader,
  isForbiddenRequestHeader,
  isForbiddenResponseHeader,
  isSafelistedResponseHeader,
} from "../http/header-names.ts";
import { isForbiddenMethod, normalizeMethod } from "../http/methods.ts";
import { isToken } from "../http/token.ts";
import { type ListEntry, type PolicyReport, readEntries } from "./read-value.ts";

/**
 * Reads `allowMethods`. The six methods that browsers upper-case are upper-cased here too; any other stands as it is written, since a
 * browser compares it byte by byte. `["*"]` if any is allowed.
 *
 * @see https://fetch.spec.whatwg.org/#concept-method
 */
export function readMethods(report: PolicyReport, value: unknown): readonly string[] {
  const methods = new Set<string>();
  for (const entry of readEntries(report, "allowMethods", value)) {
    if (!isName(report, "method-invalid", entry)) continue;
    const method = normalizeMethod(entry.value);
    if (isForbiddenMethod(method)) {
      report.error("method-forbidden", entry.path, entry.value, "No script can send this method.", "Remove it.");
      continue;
    }
    if (method !== method.toUpperCase()) {
      report.warning(
        "method-case",
        entry.path,
        entry.value,
        `Methods are compared with their case, and browsers do not upper-case this one: it does not allow ${method.toUpperCase()}.`,
        method.toUpperCase(),
      );
    }
    methods.add(method);
  }
  return methods.has("*") ? ["*"] : [...methods];
}

/**
 * Reads `allowHeaders`, in lower case. Beside `*` only `authorization` says anything more, so only that stays.
 *
 * @see https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
 */
export function readRequestHeaders(report: PolicyReport, value: unknown): readonly string[] {
  const names = new Set<string>();
  for (const entry of readEntries(report, "allowHeaders", value)) {
    if (!isName(report, "header-invalid", entry)) continue;
    const name = entry.value.toLowerCase();
    if (isCorsResponseHeader(name)) {
      const message = "This is a response header: a page never sends it.";
      report.error("header-not-for-requests", entry.path, entry.value, message, "Remove it.");
    } else if (isForbiddenRequestHeader(name)) {
      const message = "No script can set this header, so no preflight asks for it.";
      report.error("header-forbidden", entry.path, entry.value, message, forbiddenHeaderFix(name));
    } else {
      names.add(name);
    }
  }
  return names.has("*") ? ["*", "authorization"].filter((name) => names.has(name)) : [...names];
}

/**
 * Reads `exposeHeaders`, in lower case and without those that every script may read.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-expose-headers
 */
export function readExposedHeaders(report: PolicyReport, value: unknown, allowCredentials: boolean): readonly string[] {
  const names = new Set<string>();
  for (const entry of readEntries(report, "exposeHeaders", value)) {
    if (!isName(report, "expose-invalid", entry)) continue;
    const name = entry.value.toLowerCase();
    const fault = exposeFault(name, allowCredentials);
    if (fault !== undefined) report.error(fault.code, entry.path, entry.value, fault.message, fault.fix);
    else if (!isSafelistedResponseHeader(name)) names.add(name);
  }
  return names.has("*") ? ["*"] : [...names];
}

interface NameFault {
  readonly code: FindingCode;
  readonly message: string;
  readonly fix: string;
}

function exposeFault(name: string, allowCredentials: boolean): NameFault | undefined {
  if (name === "*" && allowCredentials) {
    return {
      code: "expose-any-with-credentials",
      message: 'With credentials "*" is an ordinary header name and exposes nothing.',
      fix: 'Name the headers that scripts read: exposeHeaders: ["x-request-id"].',
    };
  }
  if (isForbiddenResponseHeader(name)) {
    return { code: "expose-forbidden", message: "No script can ever read this header.", fix: "Remove it." };
  }
  if (isCorsResponseHeader(name) || isCorsRequestHeader(name)) {
    return {
      code: "expose-not-for-responses",
      message: "This header belongs to the CORS protocol itself: a script has no use for it.",
      fix: "Remove it.",
    };
  }
  return undefined;
}

function isName(report: PolicyReport, code: FindingCode, entry: ListEntry): boolean {
  if (isToken(entry.value)) return true;
  const parts = entry.value.split(/[\s,;]+/).filter((part) => part !== "");
  const usable = parts.length > 0 && parts.every(isToken);
  const fix = usable ? JSON.stringify(parts.length === 1 ? parts[0] : parts) : "Remove it.";
  report.error(
    code,
    entry.path,
    entry.value,
    "This is not a name: names have no spaces, commas, colons or quotes.",
    fix,
  );
  return false;
}

function forbiddenHeaderFix(name: string): string {
  return name.startsWith("cookie") ? "Remove it; cookies travel by allowCredentials: true." : "Remove it.";
}
