import type { Engine } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { statusOf } from "../live/answered-by.ts";
import { allowOrigin, allowsCredentials, headerMembers, headerValue, variesOnOrigin } from "../live/headers.ts";
import type { LiveAnswer } from "../live/send.ts";
import { misconfigured, type Warning } from "./check-finding.ts";
import type { Judgement } from "./judge.ts";
import type { Probes } from "./probes.ts";

/** Answers that differ by origin, and do not say so to caches. */
export function warnAboutVary({ base, withoutOrigin, otherOrigin }: Probes): readonly Warning[] {
  const answer = base?.answer;
  const granted = allowOrigin(answer);
  if (answer === undefined || granted === undefined || granted === "*") return [];
  const others = [withoutOrigin?.answer, otherOrigin?.answer].filter((other) => other !== undefined);
  const differs = others.some((other) => allowOrigin(other) !== granted);
  const lacking = [answer, ...others].filter((each) => !variesOnOrigin(each));
  if (!differs || lacking.length === 0) return [];
  const which = variesOnOrigin(answer) ? "answers to other origins, or to none, have" : "the answers have";
  return [
    misconfigured("missing-vary-dynamic", {
      severity: "medium",
      path: "Vary",
      value: headerValue(lacking[0]?.headers ?? [], "vary") ?? null,
      message: `Access-Control-Allow-Origin depends on the origin, and ${which} no Vary: Origin. A cache may hand one page the answer made for another.`,
    }),
  ];
}

/** Errors that a page cannot read. */
export function warnAboutErrors({ base, missingPath }: Probes): readonly Warning[] {
  const answer = missingPath?.answer;
  if (answer === undefined || answer.status < 400 || allowOrigin(answer) !== undefined) return [];
  if (allowOrigin(base?.answer) === undefined) return [];
  return [
    misconfigured("error-response-without-cors", {
      severity: "medium",
      path: "Access-Control-Allow-Origin",
      value: null,
      message: `Errors lack the CORS headers: a path that does not exist is answered with ${statusOf(answer)} and without Access-Control-Allow-Origin. The page will see "Failed to fetch" instead of the status.`,
    }),
  ];
}

/** What every server sends and no page misses. */
const commonHeader =
  /^(?:access-control-|sec-|cf-|x-amz|set-cookie)|^(?:allow|alt-svc|accept-ranges|age|connection|content-\w+|cross-origin-.*|date|etag|keep-alive|nel|permissions-policy|pragma|referrer-policy|report-to|server|server-timing|strict-transport-security|transfer-encoding|vary|via|x-content-type-options|x-frame-options|x-powered-by|x-xss-protection)$/;

/** Headers that the server sends and that no script sees. */
export function warnAboutExposure({ trace, exchanges, basis }: Judgement): readonly Warning[] {
  const response = exchanges.at(-1)?.response;
  if (trace.outcome !== "ok" || trace.response.type !== "cors" || response === undefined || basis === "preflight")
    return [];
  const visible = new Set(trace.response.headers.map(([name]) => name));
  const names = [...new Set(response.headers.map(([name]) => name.toLowerCase()))];
  const hidden = names.filter((name) => !visible.has(name) && !commonHeader.test(name)).slice(0, 12);
  if (hidden.length === 0) return [];
  const list = hidden.map((name) => printable(name, 40)).join(", ");
  return [
    {
      code: "response-header-not-exposed",
      severity: "info",
      path: "Access-Control-Expose-Headers",
      value: headerValue(response.headers, "access-control-expose-headers") ?? null,
      message: `Scripts cannot read these headers of the answer: ${list}.`,
      fix: `If the page needs one: Access-Control-Expose-Headers: ${list}.`,
    },
  ];
}

/** A `*` that means nothing beside credentials. */
export function warnAboutWildcards(preflight: LiveAnswer | undefined): readonly Warning[] {
  if (preflight === undefined || !allowsCredentials(preflight)) return [];
  const names = ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers"];
  const starred = names.filter((name) => headerMembers(preflight.headers, name).includes("*")).join(" and ");
  if (starred === "") return [];
  return [
    misconfigured("wildcard-token-with-credentials", {
      severity: "medium",
      path: starred,
      value: "*",
      message: `${starred}: *, and * means nothing there when credentials are included.`,
    }),
  ];
}

/** How long the preflight is kept. */
export function warnAboutMaxAge(
  { chromium, firefox, webkit }: Readonly<Partial<Record<Engine, number>>>,
  preflight: LiveAnswer | undefined,
): readonly Warning[] {
  if (preflight === undefined || preflight.status > 299) return [];
  const value = headerValue(preflight.headers, "access-control-max-age");
  const found = { severity: "info", path: "Access-Control-Max-Age", value: value ?? null } as const;
  if (value === undefined || value === "0") {
    const message =
      value === "0"
        ? "Access-Control-Max-Age: 0: every request is preceded by a preflight."
        : "There is no Access-Control-Max-Age, so browsers keep the preflight's answer for 5 s only.";
    return [misconfigured("max-age-missing", { ...found, message })];
  }
  if (!/^\d+$/.test(value) || Number(value) <= 86_400) return [];
  const counted = `${chromium} s in Chrome, ${firefox} s in Firefox, ${webkit} s in Safari`;
  const message = `Access-Control-Max-Age: ${printable(value, 20)} counts as ${counted}.`;
  return [misconfigured("max-age-excessive", { ...found, message })];
}
