import { redactUrl } from "@corsmith/cors/browser";
import { allowOrigin, allowsCredentials } from "../../check/cors-fields.ts";
import { headerValue } from "../../check/header-lines.ts";
import { answersTo, type Evidence, letsIn, welcomed, welcomedPreflights } from "../evidence.ts";
import type { Observation, Rule } from "../observation.ts";
import type { Answered } from "../probe.ts";

/** Does the preflight of a page that is let in pass, and does the answer keep what it promises? */
export const preflight: Rule = (evidence) => {
  const [asked] = welcomedPreflights(evidence);
  if (asked === undefined) return [];
  const { status } = asked.answer;
  return status > 199 && status < 300 ? mismatch(evidence) : badStatus(evidence, asked);
};

function badStatus(evidence: Evidence, asked: Answered): readonly Observation[] {
  const { status, statusText, headers } = asked.answer;
  const target = headerValue(headers, "location") ?? "";
  const says = `The preflight of ${asked.origin} is answered with ${`${status} ${statusText}`.trim()}${target === "" ? "" : `, to ${redactUrl(target)}`}.`;
  const needsLogin = [401, 403, 407].includes(status) || (status < 400 && /log-?in|sign-?in|auth|sso/i.test(target));
  const refusesOrigin = status === 403 && welcomed(evidence) === undefined;
  // A page that is not let in at all is told so elsewhere.
  if (refusesOrigin) return [];
  if (needsLogin) return [{ code: "preflight-needs-auth", severity: "medium", says, seen: [asked] }];
  // What is read by plain GETs only does without preflights.
  const isWanted = evidence.origins.length > 0;
  return [{ code: "preflight-bad-status", severity: isWanted ? "medium" : "info", says, seen: [asked] }];
}

function mismatch(evidence: Evidence): readonly Observation[] {
  const [promise] = welcomedPreflights(evidence).filter(letsIn);
  const asked = [...answersTo(evidence, "known"), ...answersTo(evidence, "stranger")];
  const answer = asked.find(({ origin }) => origin === promise?.origin);
  if (promise === undefined || answer === undefined) return [];
  // Where a redirect leads to is another URL; what an error lacks is another rule's.
  if (answer.answer.status >= 300) return [];
  const grant = allowOrigin(answer.answer);
  if (!letsIn(answer)) {
    const says = `The preflight says ${allowOrigin(promise.answer)}, and the answer to the GET ${grant ?? "nothing"}.`;
    return [{ code: "preflight-actual-mismatch", severity: "medium", says, seen: [promise, answer] }];
  }
  if (allowsCredentials(promise.answer) === allowsCredentials(answer.answer)) return [];
  const which = allowsCredentials(promise.answer) ? "preflight" : "answer to the GET";
  const says = `Only the ${which} says Access-Control-Allow-Credentials: true.`;
  return [{ code: "preflight-actual-mismatch", severity: "medium", says, seen: [promise, answer] }];
}
