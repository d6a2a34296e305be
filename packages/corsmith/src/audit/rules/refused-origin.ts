import { allowOrigin } from "../../check/cors-fields.ts";
import { headerLines } from "../../check/header-lines.ts";
import { answersTo, answerTo, type Evidence } from "../evidence.ts";
import type { Observation, Rule } from "../observation.ts";

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
