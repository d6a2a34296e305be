import { allowOrigin, allowsCredentials } from "../../check/cors-fields.ts";
import { headerMembers, headerValue } from "../../check/header-lines.ts";
import { answersTo, answerTo, type Evidence, namesAsker } from "../evidence.ts";
import type { Observation, Rule } from "../observation.ts";

/** `*` where it does not work, or should not. */
export const wildcard: Rule = (evidence) => [...withCredentials(evidence), ...onSensitive(evidence)];

function withCredentials(evidence: Evidence): readonly Observation[] {
  const asked = [
    ...answersTo(evidence, "known"),
    ...answersTo(evidence, "stranger"),
    ...answersTo(evidence, "known-preflight"),
    ...answersTo(evidence, "stranger-preflight"),
  ];
  const pair = asked.find(({ answer }) => allowOrigin(answer) === "*" && allowsCredentials(answer));
  const withCookie = answerTo(evidence, "stranger-with-cookie");
  // With a cookie it says something worse: that is another rule's.
  if (pair === undefined || (withCookie !== undefined && namesAsker(withCookie))) return [];
  const says = "The answer says Access-Control-Allow-Origin: * and Access-Control-Allow-Credentials: true.";
  return [{ code: "wildcard-with-credentials", severity: "low", says, seen: [pair] }];
}

/**
 * What a page reads under `*` is what anybody gets without cookies. That is too much only where it matters from where one asks; an answer
 * made for one user contradicts the `*`, and that is all it does.
 */
function onSensitive(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "stranger");
  if (asked === undefined || allowOrigin(asked.answer) !== "*") return [];
  const shown = { code: "wildcard-on-sensitive", seen: [asked] } as const;
  if (evidence.target.isPrivate) {
    const says = `${evidence.target.hostname} is on a private network, and its answer says *.`;
    return [{ ...shown, severity: "medium", says, readable: asked }];
  }
  const { headers } = asked.answer;
  const isPersonal = headerMembers(headers, "cache-control").some((word) => /^private(?:=|$)/i.test(word));
  if (!isPersonal && headerValue(headers, "set-cookie") === undefined) return [];
  const mark = isPersonal ? "Cache-Control: private" : "Set-Cookie";
  const says = `The answer says *, and with ${mark} that it was made for one user. Without credentials a page reads what anybody gets.`;
  return [{ ...shown, severity: "info", says }];
}
