import { allowOrigin, allowsCredentials } from "../../check/cors-fields.ts";
import { headerValue } from "../../check/header-lines.ts";
import { answersTo, answerTo, type Evidence, welcomed } from "../evidence.ts";
import type { Observation, Rule } from "../observation.ts";

/** What goes past the policy, or stands beside it. */
export const besideCors: Rule = (evidence) => [
  ...privateNetwork(evidence),
  ...timing(evidence),
  ...jsonp(evidence),
  ...policyFile(evidence),
];

function privateNetwork(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "private-network");
  if (asked === undefined) return [];
  if (headerValue(asked.answer.headers, "access-control-allow-private-network") !== "true") return [];
  const says = "A stranger's preflight is answered with Access-Control-Allow-Private-Network: true.";
  return [{ code: "legacy-private-network", severity: "low", says, seen: [asked] }];
}

function timing(evidence: Evidence): readonly Observation[] {
  const asked = welcomed(evidence) ?? answerTo(evidence, "stranger");
  if (asked === undefined || headerValue(asked.answer.headers, "timing-allow-origin") !== "*") return [];
  const isPublic = allowOrigin(asked.answer) === "*" && !allowsCredentials(asked.answer) && !evidence.target.isPrivate;
  const isOffered = allowsCredentials(asked.answer) || evidence.target.isPrivate;
  if (isPublic || !isOffered) return [];
  const says = "Timing-Allow-Origin is *, and the data are for some pages only.";
  return [{ code: "tao-wildcard", severity: "low", says, seen: [asked] }];
}

/** A type that a browser runs as a script. @see https://mimesniff.spec.whatwg.org/#javascript-mime-type */
const script = /^(?:text|application)\/(?:x-)?(?:java|ecma|j)script\b/i;

function jsonp(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "jsonp");
  if (asked === undefined) return [];
  const name = new URL(asked.url).searchParams.get("callback") ?? "";
  const type = headerValue(asked.answer.headers, "content-type") ?? "";
  const body = asked.answer.bodyStart.replace(/^(?:\/\*.*?\*\/|\s|typeof \w+ === 'function' && )*/, "");
  if (!script.test(type) || !body.startsWith(`${name}(`)) return [];
  const says = `With ?callback=${name} the answer is a script that calls it.`;
  return [{ code: "jsonp-bypass", severity: "medium", says, seen: [asked] }];
}

function policyFile(evidence: Evidence): readonly Observation[] {
  const open = answersTo(evidence, "policy-file").filter(
    ({ answer }) =>
      answer.status === 200 && /\b(?:domain|uri)\s*=\s*["'](?:\*|https?:\/\/\*)["']/.test(answer.bodyStart),
  );
  if (open.length === 0) return [];
  const says = `${open.map(({ url }) => new URL(url).pathname).join(" and ")} names *.`;
  return [{ code: "legacy-crossdomain-xml", severity: "low", says, seen: open }];
}
