import { printable } from "@corsmith/cors/observe";
import { statusOf } from "../live/answered-by.ts";
import { allowOrigin, allowsCredentials, headerMembers, headerValue, variesOnOrigin } from "../live/headers.ts";
import { misconfigured, type WarningRule } from "./check-finding.ts";

/** Answers that differ by origin, and do not say so to caches. */
export const warnAboutVary: WarningRule = ({ probes: { base, withoutOrigin, otherOrigin } }) => {
  const answer = base?.answer;
  const granted = allowOrigin(answer);
  if (answer === undefined || granted === undefined || granted === "*") return undefined;
  const others = [withoutOrigin?.answer, otherOrigin?.answer].filter((other) => other !== undefined);
  const differs = others.some((other) => allowOrigin(other) !== granted);
  const lacking = [answer, ...others].find((each) => !variesOnOrigin(each));
  if (!differs || lacking === undefined) return undefined;
  const which = variesOnOrigin(answer) ? "responses to other origins, or to none, have" : "the responses have";
  const message = `Access-Control-Allow-Origin depends on the origin, and ${which} no Vary: Origin. A cache may hand one page the response made for another.`;
  return misconfigured("missing-vary-dynamic", "medium", "Vary", message, headerValue(lacking.headers, "vary"));
};

/** Errors that a page cannot read. */
export const warnAboutErrors: WarningRule = ({ probes: { base, missingPath } }) => {
  const answer = missingPath?.answer;
  if (answer === undefined || answer.status < 400 || allowOrigin(answer) !== undefined) return undefined;
  if (allowOrigin(base?.answer) === undefined) return undefined;
  const message = `Errors lack the CORS headers: a path that does not exist is answered with ${statusOf(answer)} and without Access-Control-Allow-Origin. The page will see "Failed to fetch" instead of the status.`;
  return misconfigured("error-response-without-cors", "medium", "Access-Control-Allow-Origin", message);
};

/** What every server sends and no page misses. */
const commonHeader =
  /^(?:access-control-|sec-|cf-|x-amz|set-cookie)|^(?:allow|alt-svc|accept-ranges|age|connection|content-\w+|cross-origin-.*|date|etag|keep-alive|nel|permissions-policy|pragma|referrer-policy|report-to|server|server-timing|strict-transport-security|transfer-encoding|vary|via|x-content-type-options|x-frame-options|x-powered-by|x-xss-protection)$/;

/** Headers that the server sends and that no script sees. */
export const warnAboutExposure: WarningRule = ({ judgement: { trace, exchanges, basis } }) => {
  const headers = exchanges.at(-1)?.response?.headers;
  if (trace.outcome !== "ok" || trace.response.type !== "cors" || headers === undefined || basis === "preflight")
    return undefined;
  const visible = new Set(trace.response.headers.map(([name]) => name));
  const names = [...new Set(headers.map(([name]) => name.toLowerCase()))];
  const hidden = names.filter((name) => !visible.has(name) && !commonHeader.test(name)).slice(0, 12);
  if (hidden.length === 0) return undefined;
  const list = hidden.map((name) => printable(name, 40)).join(", ");
  return {
    code: "response-header-not-exposed",
    severity: "info",
    path: "Access-Control-Expose-Headers",
    value: headerValue(headers, "access-control-expose-headers") ?? null,
    message: `Scripts cannot read these response headers: ${list}.`,
    fix: `If the page needs one: Access-Control-Expose-Headers: ${list}.`,
  };
};

/** A `*` that means nothing beside credentials. */
export const warnAboutWildcards: WarningRule = ({ preflight }) => {
  if (preflight === undefined || !allowsCredentials(preflight)) return undefined;
  const names = ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers"];
  const starred = names.filter((name) => headerMembers(preflight.headers, name).includes("*")).join(" and ");
  if (starred === "") return undefined;
  const message = `${starred}: *, and * means nothing there when credentials are included.`;
  return misconfigured("wildcard-token-with-credentials", "medium", starred, message, "*");
};

/** How long the preflight is kept. */
export const warnAboutMaxAge: WarningRule = ({ preflight, maxAge: { chromium, firefox, webkit } }) => {
  if (preflight === undefined || preflight.status > 299) return undefined;
  const name = "Access-Control-Max-Age";
  const value = headerValue(preflight.headers, name);
  if (value === undefined || value === "0") {
    const message =
      value === "0"
        ? `${name}: 0: every request is preceded by a preflight.`
        : `There is no ${name}, so browsers keep the preflight response for 5 s only.`;
    return misconfigured("max-age-missing", "info", name, message, value);
  }
  if (!/^\d+$/.test(value) || Number(value) <= 86_400) return undefined;
  const counted = `${chromium} s in Chrome, ${firefox} s in Firefox, ${webkit} s in Safari`;
  const message = `${name}: ${printable(value, 20)} counts as ${counted}.`;
  return misconfigured("max-age-excessive", "info", name, message, value);
};
