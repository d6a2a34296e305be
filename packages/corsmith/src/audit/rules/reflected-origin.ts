import { allowOrigin, allowsCredentials } from "../../check/cors-fields.ts";
import { answerTo, namesAsker } from "../evidence.ts";
import type { Observation, Rule } from "../observation.ts";
import type { Answered } from "../probe.ts";

/** Are pages let in that nobody can know? Two of them, so that it is no accident; or a preflight, where GET is not what the URL is for. */
export const reflectedOrigin: Rule = (evidence) => {
  const stranger = answerTo(evidence, "stranger");
  const other = answerTo(evidence, "other-stranger");
  const preflight = answerTo(evidence, "stranger-preflight");
  const withCookie = answerTo(evidence, "stranger-with-cookie");
  const { isPrivate } = evidence.target;
  if (isLetIn(stranger) && isLetIn(other)) return [reflects([stranger, other], "requests", isPrivate)];
  if (isLetIn(withCookie) && allowsCredentials(withCookie.answer)) {
    const before = allowOrigin(stranger?.answer) ?? "nothing";
    const says = `Without a cookie the answer says ${before}; with any cookie it lets in an origin that nobody can know.`;
    const seen = [withCookie, ...(stranger === undefined ? [] : [stranger])];
    return [{ code: "cookie-triggered-reflection", severity: "critical", says, seen, readable: withCookie }];
  }
  return isLetIn(preflight) ? [reflects([preflight], "preflights", isPrivate)] : [];
};

function isLetIn(asked: Answered | undefined): asked is Answered {
  return asked !== undefined && namesAsker(asked);
}

function reflects(seen: readonly [Answered, ...Answered[]], asked: string, isPrivate: boolean): Observation {
  const [first] = seen;
  const says = `${asked === "requests" ? "Two origins that nobody can know are" : "The preflight of an origin that nobody can know is"} let in.`;
  const shown = { says, seen, ...(asked === "requests" ? { readable: first } : {}) };
  if (allowsCredentials(first.answer)) return { code: "reflect-any-credentials", severity: "critical", ...shown };
  return { code: "reflect-any-anonymous", severity: isPrivate ? "high" : "medium", ...shown };
}
