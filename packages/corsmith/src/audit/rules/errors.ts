import { allowOrigin, headerLines, headerValue } from "../../live/headers.ts";
import {
  answersTo,
  answerTo,
  type Evidence,
  letsIn,
  type Observation,
  type Rule,
  welcomed,
  welcomedPreflights,
} from "../evidence.ts";
import type { Answered } from "../probes/probe.ts";

/** Does a page that is let in see errors, too? */
export const errors: Rule = (evidence) => {
  const fine = welcomed(evidence) ?? welcomedPreflights(evidence).find(letsIn);
  const failed = errorsSeenBy(evidence, fine).find(({ answer }) => answer.status >= 400);
  if (fine === undefined || failed === undefined || letsIn(failed)) return [];
  const { status, statusText } = failed.answer;
  const what = failed.purpose === "missing-path" ? "A path that is not there" : "A GET of this URL";
  const grant = allowOrigin(failed.answer) === undefined ? "without" : "with another";
  const says = `${what} is answered with ${`${status} ${statusText}`.trim()} and ${grant} Access-Control-Allow-Origin.`;
  return [{ code: "error-response-without-cors", severity: "medium", says, seen: [failed, fine] }];
};

/** The URL itself may be one that GET is not for, or that asks for a login. */
function errorsSeenBy(evidence: Evidence, fine: Answered | undefined): readonly Answered[] {
  const asked = [...answersTo(evidence, "known"), ...answersTo(evidence, "stranger")];
  // Where no GET has the headers, it is not the errors that lack them.
  const missing = welcomed(evidence) === undefined ? [] : answersTo(evidence, "missing-path");
  return [...asked.filter(({ origin }) => origin === fine?.origin), ...missing];
}

/** Does the URL lead a page elsewhere, where its origin is null? @see https://fetch.spec.whatwg.org/#http-redirect-fetch */
export const redirect: Rule = (evidence) => {
  const asked = [...answersTo(evidence, "known"), ...answersTo(evidence, "stranger")];
  for (const one of asked) {
    const { status, headers } = one.answer;
    const target = URL.parse(headerValue(headers, "location") ?? "", one.url);
    if (![301, 302, 303, 307, 308].includes(status) || target === null) continue;
    if (target.origin === new URL(one.url).origin) continue;
    const says = `The answer is ${status}, to ${target.origin}.`;
    return [{ code: "redirect-taints-origin", severity: "low", says, seen: [one] }];
  }
  return [];
};

/** What is told to a page that is refused? */
export const refusedOrigin: Rule = (evidence) => [...grants(evidence), ...names(evidence)];

const granting = /^access-control-(?:allow-(?:credentials|methods|headers)|max-age|expose-headers)$/i;

function grants(evidence: Evidence): readonly Observation[] {
  const asked = [...answersTo(evidence, "stranger"), ...answersTo(evidence, "stranger-preflight")];
  for (const one of asked.filter(({ answer }) => allowOrigin(answer) === undefined)) {
    const sent = [...new Set(one.answer.headers.map(([name]) => name).filter((name) => granting.test(name)))];
    if (sent.length === 0) continue;
    const says = `A page that is refused is sent ${sent.join(", ")}.`;
    return [{ code: "headers-on-deny", severity: "info", says, seen: [one] }];
  }
  return [];
}

/** Several origins in headers, or an error that lists them. */
function names(evidence: Evidence): readonly Observation[] {
  const stranger = answerTo(evidence, "stranger");
  const preflight = answerTo(evidence, "stranger-preflight");
  for (const one of [stranger, answerTo(evidence, "without-origin"), preflight]) {
    if (one === undefined) continue;
    const lines = headerLines(one.answer.headers, "access-control-allow-origin").flatMap((line) => line.split(","));
    const origins = new Set(lines.map((line) => line.trim()).filter((line) => line.includes("://")));
    const written =
      one.answer.status >= 400 ? evidence.origins.filter((origin) => one.answer.bodyStart.includes(origin)) : [];
    if (origins.size < 2 && written.length === 0) continue;
    const where = origins.size > 1 ? "Access-Control-Allow-Origin lists" : "The text of the error names";
    const list = origins.size > 1 ? [...origins] : written;
    return [
      { code: "allowlist-disclosure", severity: "info", says: `${where} ${list.slice(0, 4).join(", ")}.`, seen: [one] },
    ];
  }
  return [];
}
