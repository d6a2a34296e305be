import { allowsCredentials } from "../../check/cors-fields.ts";
import { answerTo, namesAsker } from "../evidence.ts";
import type { Rule } from "../observation.ts";

/** Is the origin let in that every sandboxed frame has? */
export const nullOrigin: Rule = (evidence) => {
  const asked = answerTo(evidence, "null-origin");
  if (asked === undefined || !namesAsker(asked)) return [];
  const shown = { says: "The origin null is let in.", seen: [asked], readable: asked };
  if (allowsCredentials(asked.answer)) return [{ code: "null-credentials", severity: "high", ...shown }];
  const { isPrivate } = evidence.target;
  return [{ code: "null-anonymous", severity: isPrivate ? "medium" : "low", ...shown }];
};
