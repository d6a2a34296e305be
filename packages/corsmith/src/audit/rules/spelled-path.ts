import { allowOrigin, allowsCredentials } from "../../check/cors-fields.ts";
import { answersTo, welcomed } from "../evidence.ts";
import type { Rule } from "../observation.ts";
import type { Answered } from "../probe.ts";

/** Does the same resource have one policy, however its path is written? It is the same if status and body are. */
export const spelledPath: Rule = (evidence) => {
  const plain = welcomed(evidence);
  if (plain === undefined || plain.answer.bodyStart === "" || plain.answer.status > 299) return [];
  const other = answersTo(evidence, "spelled-otherwise").find(
    (one) => isSame(one, plain) && !hasSamePolicy(one, plain),
  );
  if (other === undefined) return [];
  const says = `${new URL(other.url).pathname} is the same resource, and its Access-Control-Allow-Origin is ${allowOrigin(other.answer) ?? "missing"}.`;
  return [{ code: "path-normalisation-gap", severity: "medium", says, seen: [other, plain] }];
};

function isSame(a: Answered, b: Answered): boolean {
  return a.answer.status === b.answer.status && a.answer.bodyStart === b.answer.bodyStart;
}

function hasSamePolicy(a: Answered, b: Answered): boolean {
  return allowOrigin(a.answer) === allowOrigin(b.answer) && allowsCredentials(a.answer) === allowsCredentials(b.answer);
}
