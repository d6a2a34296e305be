import { allowsCredentials } from "../../check/cors-fields.ts";
import { headerLines, headerMembers, headerValue } from "../../check/header-lines.ts";
import { answersTo, letsIn, welcomed, welcomedPreflights } from "../evidence.ts";
import type { Rule } from "../observation.ts";

const field = "access-control-allow-credentials";

/** Does Access-Control-Allow-Credentials say what it is meant to? @see https://fetch.spec.whatwg.org/#concept-cors-check */
export const credentialsValue: Rule = (evidence) => {
  const asked = [...answersTo(evidence, "known"), ...answersTo(evidence, "stranger"), ...welcomedPreflights(evidence)];
  const one = asked.find(({ answer }) => {
    const lines = headerLines(answer.headers, field);
    return lines.length > 0 && lines.some((line) => line !== "true");
  });
  if (one === undefined) return [];
  const says = `Access-Control-Allow-Credentials is ${JSON.stringify(headerValue(one.answer.headers, field))}.`;
  return [{ code: "acac-invalid", severity: "low", says, seen: [one] }];
};

const lists = ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Expose-Headers"];

/** `*` among names means any only without credentials. @see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials */
export const wildcardTokens: Rule = (evidence) => {
  const answer = welcomed(evidence);
  const asked = [...(answer === undefined ? [] : [answer]), ...welcomedPreflights(evidence).filter(letsIn)];
  for (const one of asked.filter((each) => allowsCredentials(each.answer))) {
    const starred = lists.filter((name) => headerMembers(one.answer.headers, name).includes("*"));
    if (starred.length === 0) continue;
    const says = `With Access-Control-Allow-Credentials: true, ${starred.join(" and ")}: *.`;
    return [{ code: "wildcard-token-with-credentials", severity: "medium", says, seen: [one] }];
  }
  return [];
};
