import { allowOrigin, headerLines, headerValue } from "../../live/headers.ts";
import {
  allowedAnswer,
  allowedPreflights,
  allows,
  answersTo,
  answerTo,
  type Evidence,
  type Observation,
  type Rule,
} from "../evidence.ts";
import type { Answered } from "../probes/probe.ts";

/** Does a page that is allowed see errors, too? */
export const errors: Rule = (evidence) => {
  const fine = allowedAnswer(evidence) ?? allowedPreflights(evidence).find(allows);
  const failed = errorsSeenBy(evidence, fine).find(({ answer }) => answer.status >= 400);
  if (fine === undefined || failed === undefined || allows(failed)) return [];
  const { status, statusText } = failed.answer;
  const what = failed.purpose === "missing-path" ? "A path that does not exist" : "A GET of this URL";
  const grant = allowOrigin(failed.answer) === undefined ? "without" : "with another";
  const message = `${what} is answered with ${`${status} ${statusText}`.trim()} and ${grant} Access-Control-Allow-Origin.`;
  return [{ code: "error-response-without-cors", severity: "medium", message, seen: [failed, fine] }];
};

/** The URL itself may be one that GET is not for, or that asks for a login. */
function errorsSeenBy(evidence: Evidence, fine: Answered | undefined): readonly Answered[] {
  const asked = answersTo(evidence, "known", "unknown-origin");
  // Where no GET has the headers, it is not the errors that lack them.
  const missing = allowedAnswer(evidence) === undefined ? [] : answersTo(evidence, "missing-path");
  return [...asked.filter(({ origin }) => origin === fine?.origin), ...missing];
}

/** Does the URL lead a page elsewhere, where its origin is null? @see https://fetch.spec.whatwg.org/#http-redirect-fetch */
export const redirect: Rule = (evidence) => {
  const asked = answersTo(evidence, "known", "unknown-origin");
  for (const one of asked) {
    const { status, headers } = one.answer;
    const target = URL.parse(headerValue(headers, "location") ?? "", one.url);
    if (![301, 302, 303, 307, 308].includes(status) || target === null) continue;
    if (target.origin === new URL(one.url).origin) continue;
    const message = `The answer is ${status}, to ${target.origin}.`;
    return [{ code: "redirect-taints-origin", severity: "low", message, seen: [one] }];
  }
  return [];
};

/** What does a page learn that is refused? */
export const refusedOrigin: Rule = (evidence) => [...grants(evidence), ...names(evidence)];

const granting = /^access-control-(?:allow-(?:credentials|methods|headers)|max-age|expose-headers)$/i;

function grants(evidence: Evidence): readonly Observation[] {
  const asked = answersTo(evidence, "unknown-origin", "unknown-origin-preflight");
  for (const one of asked.filter(({ answer }) => allowOrigin(answer) === undefined)) {
    const sent = [...new Set(one.answer.headers.map(([name]) => name).filter((name) => granting.test(name)))];
    if (sent.length === 0) continue;
    const message = `A page that is refused is sent ${sent.join(", ")}.`;
    return [{ code: "headers-on-deny", severity: "info", message, seen: [one] }];
  }
  return [];
}

/** Several origins in headers, or an error that lists them. */
function names(evidence: Evidence): readonly Observation[] {
  const unknownOrigin = answerTo(evidence, "unknown-origin");
  const preflight = answerTo(evidence, "unknown-origin-preflight");
  for (const one of [unknownOrigin, answerTo(evidence, "without-origin"), preflight]) {
    if (one === undefined) continue;
    const lines = headerLines(one.answer.headers, "access-control-allow-origin").flatMap((line) => line.split(","));
    const origins = new Set(lines.map((line) => line.trim()).filter((line) => line.includes("://")));
    const written =
      one.answer.status >= 400 ? evidence.origins.filter((origin) => one.answer.bodyStart.includes(origin)) : [];
    if (origins.size < 2 && written.length === 0) continue;
    const where = origins.size > 1 ? "Access-Control-Allow-Origin lists" : "The text of the error names";
    const list = origins.size > 1 ? [...origins] : written;
    return [
      {
        code: "allowlist-disclosure",
        severity: "info",
        message: `${where} ${list.slice(0, 4).join(", ")}.`,
        seen: [one],
      },
    ];
  }
  return [];
}
