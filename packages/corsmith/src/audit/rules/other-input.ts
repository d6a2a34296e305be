import { allowOrigin } from "../../check/cors-fields.ts";
import { headerValue } from "../../check/header-lines.ts";
import { answersTo, type Evidence } from "../evidence.ts";
import type { Observation, Rule } from "../observation.ts";
import type { Answered } from "../probe.ts";

/** Is it the Origin header, and it alone, by which a page is let in? */
export const otherInput: Rule = (evidence) => [...injected(evidence), ...twoOrigins(evidence)];

function injected(evidence: Evidence): readonly Observation[] {
  const letIn = answersTo(evidence, "other-input").filter(takesInput);
  const [first] = letIn;
  if (first === undefined) return [];
  const says = `Access-Control-Allow-Origin was taken from ${letIn.map(inputOf).join(" and ")}.`;
  return [{ code: "acao-from-other-input", severity: "high", says, seen: letIn }];
}

const inputs = ["Referer", "X-Origin", "X-Forwarded-Host"];

function inputOf({ headers }: Answered): string {
  return inputs.find((name) => headerValue(headers, name) !== undefined) ?? "the query";
}

function takesInput(asked: Answered): boolean {
  const granted = URL.parse(allowOrigin(asked.answer) ?? "")?.host;
  if (granted === undefined || granted === "") return false;
  const values = [
    ...inputs.map((name) => headerValue(asked.headers, name)),
    new URL(asked.url).searchParams.get("origin"),
  ];
  return values.some((value) => value !== undefined && value !== null && (URL.parse(value)?.host ?? value) === granted);
}

function twoOrigins(evidence: Evidence): readonly Observation[] {
  for (const asked of answersTo(evidence, "two-origins")) {
    const granted = allowOrigin(asked.answer);
    // `origin` is the stranger's.
    if (granted === undefined || asked.origin === undefined || !granted.includes(asked.origin)) continue;
    const says = `Of an allowed and a strange Origin in one request, the answer lets in ${granted}.`;
    return [{ code: "duplicate-origin-header", severity: "low", says, seen: [asked] }];
  }
  return [];
}
