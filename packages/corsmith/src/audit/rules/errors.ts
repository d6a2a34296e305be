import { allowOrigin } from "../../check/cors-fields.ts";
import { answersTo, type Evidence, letsIn, welcomed, welcomedPreflights } from "../evidence.ts";
import type { Rule } from "../observation.ts";
import type { Answered } from "../probe.ts";

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
