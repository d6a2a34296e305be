import { allowOrigin } from "../../check/cors-fields.ts";
import { answersTo, answerTo, type Evidence } from "../evidence.ts";
import type { Observation, Rule } from "../observation.ts";

/** What is opened, or left open, by a header that anybody can write or a browser sends by itself. */
export const trustInHeaders: Rule = (evidence) => [
  ...originAsKey(evidence),
  ...websocket(evidence),
  ...foreignHost(evidence),
];

function originAsKey(evidence: Evidence): readonly Observation[] {
  const without = answerTo(evidence, "without-origin");
  const known = answersTo(evidence, "known").find(({ answer }) => answer.status < 300);
  if (without === undefined || known === undefined || ![401, 403].includes(without.answer.status)) return [];
  const says = `With Origin: ${known.origin} the answer is ${known.answer.status}, and without an Origin ${without.answer.status}.`;
  return [{ code: "origin-as-authorization", severity: "high", says, seen: [known, without] }];
}

/** CORS does not apply to WebSockets. One that needs no cookie is open to everybody anyway. */
function websocket(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "websocket");
  if (asked === undefined || asked.answer.status !== 101) return [];
  const says = evidence.hasCookie
    ? "With the cookie that you gave, a WebSocket opens for an origin that nobody can know."
    : "A WebSocket opens for an origin that nobody can know. If it goes by cookies, that is grave; -H 'cookie: …' shows it.";
  return [{ code: "websocket-origin-unchecked", severity: evidence.hasCookie ? "high" : "info", says, seen: [asked] }];
}

function foreignHost(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "foreign-host");
  const own = answerTo(evidence, "without-origin");
  if (asked === undefined || own === undefined || asked.answer.status > 299 || own.answer.status > 299) return [];
  if (asked.answer.bodyStart !== own.answer.bodyStart || allowOrigin(own.answer) === "*") return [];
  const says = "A Host that is not the service's own gets the same answer.";
  return [{ code: "host-not-validated", severity: "medium", says, seen: [asked] }];
}
