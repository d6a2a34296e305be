import { allowOrigin } from "../../check/cors-fields.ts";
import { answerTo, letsIn, welcomed } from "../evidence.ts";
import type { Rule } from "../observation.ts";

/** Does a page that is let in see errors, too? */
export const errors: Rule = (evidence) => {
  const fine = welcomed(evidence);
  const missing = answerTo(evidence, "missing-path");
  if (fine === undefined || missing === undefined || missing.answer.status < 400 || letsIn(missing)) return [];
  const { status, statusText } = missing.answer;
  const says = `A path that is not there is answered with ${`${status} ${statusText}`.trim()} and ${allowOrigin(missing.answer) === undefined ? "without" : "another"} Access-Control-Allow-Origin.`;
  return [{ code: "error-response-without-cors", severity: "medium", says, seen: [missing, fine] }];
};
