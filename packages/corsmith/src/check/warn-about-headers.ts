import type { Engine } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { allowOrigin, headerMembers, headerValue, variesOnOrigin } from "../live/headers.ts";
import type { WireAnswer } from "../live/send.ts";
import type { Warning } from "./check-finding.ts";
import { statusOf } from "./diagnose-preflight.ts";
import type { Judgement } from "./judge.ts";
import type { Probes } from "./probes.ts";

/** Answers that differ by origin, and do not say so to caches. */
export function warnAboutVary({ base, withoutOrigin, otherOrigin }: Probes): readonly Warning[] {
  if (base?.answer === undefined || allowOrigin(base.answer) === undefined || allowOrigin(base.answer) === "*")
    return [];
  const others = [withoutOrigin?.answer, otherOrigin?.answer].filter((answer) => answer !== undefined);
  const differs = others.some((answer) => allowOrigin(answer) !== allowOrigin(base.answer));
  const lacking = [base.answer, ...others].filter((answer) => !variesOnOrigin(answer));
  if (!differs || lacking.length === 0) return [];
  const which = variesOnOrigin(base.answer) ? "answers to other origins, or to none, have" : "the answers have";
  return [
    {
      id: "missing-vary-dynamic",
      severity: "medium",
      says: `Access-Control-Allow-Origin depends on the origin, and ${which} no Vary: Origin. A cache may hand one page the answer made for another.`,
      fix: "Send Vary: Origin with every answer of this URL, allowed or not.",
    },
  ];
}

/** Errors that a page cannot read. */
export function warnAboutErrors({ base, missingPath }: Probes): readonly Warning[] {
  const answer = missingPath?.answer;
  if (answer === undefined || answer.status < 400 || allowOrigin(answer) !== undefined) return [];
  if (base?.answer === undefined || allowOrigin(base.answer) === undefined) return [];
  return [
    {
      id: "error-response-without-cors",
      severity: "medium",
      says: `Errors lack the CORS headers: a path that is not there is answered with ${statusOf(answer)} and without Access-Control-Allow-Origin. The page will see "Failed to fetch" instead of the status.`,
      fix: "Set the CORS headers on every status, in the outermost layer. In nginx: add_header … always.",
    },
  ];
}

/** Headers that the server sends and that no script sees. Those that every server sends are not missed. */
export function warnAboutExposure({ trace, exchanges, basis }: Judgement): readonly Warning[] {
  const response = exchanges.at(-1)?.response;
  if (trace.outcome !== "ok" || trace.response.type !== "cors" || response === undefined || basis === "preflight")
    return [];
  const visible = new Set(trace.response.headers.map(([name]) => name));
  const common =
    /^(?:access-control-|sec-|cf-|x-amz|set-cookie)|^(?:allow|alt-svc|accept-ranges|age|connection|content-\w+|cross-origin-.*|date|etag|keep-alive|nel|permissions-policy|pragma|referrer-policy|report-to|server|server-timing|strict-transport-security|transfer-encoding|vary|via|x-content-type-options|x-frame-options|x-powered-by|x-xss-protection)$/;
  const names = [...new Set(response.headers.map(([name]) => name.toLowerCase()))];
  const hidden = names.filter((name) => !visible.has(name) && !common.test(name));
  if (hidden.length === 0) return [];
  const list = hidden
    .map((name) => printable(name, 40))
    .slice(0, 12)
    .join(", ");
  return [
    {
      id: "response-header-not-exposed",
      severity: "info",
      says: `Scripts can not read these headers of the answer: ${list}.`,
      fix: `If the page needs one: Access-Control-Expose-Headers: ${list}.`,
    },
  ];
}

/** A `*` that means nothing beside credentials. */
export function warnAboutWildcards(preflight: WireAnswer | undefined): readonly Warning[] {
  if (preflight === undefined || headerValue(preflight.headers, "access-control-allow-credentials") !== "true")
    return [];
  const names = ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers"];
  const starred = names.filter((name) => headerMembers(preflight.headers, name).includes("*"));
  if (starred.length === 0) return [];
  return [
    {
      id: "wildcard-token-with-credentials",
      severity: "medium",
      says: `${starred.join(" and ")}: *, and * means nothing there when credentials are included.`,
      fix: "Name what is allowed.",
    },
  ];
}

/** How long the preflight is kept. */
export function warnAboutMaxAge(
  seconds: Readonly<Partial<Record<Engine, number>>>,
  preflight: WireAnswer | undefined,
): readonly Warning[] {
  if (preflight === undefined || preflight.status > 299) return [];
  const value = headerValue(preflight.headers, "access-control-max-age");
  if (value === undefined || value === "0") {
    return [
      {
        id: "max-age-missing",
        severity: "info",
        says:
          value === "0"
            ? "Access-Control-Max-Age: 0: every request is preceded by a preflight."
            : "There is no Access-Control-Max-Age, so browsers keep the preflight's answer for 5 s only.",
        fix: "Access-Control-Max-Age: 600 counts in every browser.",
      },
    ];
  }
  const { chromium, firefox, webkit } = seconds;
  const counted = [`${chromium} s in Chrome`, `${firefox} s in Firefox`, `${webkit} s in Safari`].join(", ");
  if (/^\d+$/.test(value) && Number(value) > 86_400) {
    return [
      {
        id: "max-age-excessive",
        severity: "info",
        says: `Access-Control-Max-Age: ${printable(value, 20)} counts as ${counted}.`,
        fix: "7200 says what most browsers do.",
      },
    ];
  }
  return [];
}
