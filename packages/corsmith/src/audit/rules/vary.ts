import { allowOrigin, headerMembers, headerValue, variesOnOrigin } from "../../live/headers.ts";
import {
  allowedPreflights,
  allows,
  answersTo,
  answerTo,
  type Evidence,
  type Observation,
  type Rule,
} from "../evidence.ts";
import type { Answered } from "../probes/probe.ts";

/** Does a cache learn what an answer depends on? */
export const vary: Rule = (evidence) => {
  const mixed = mixedUp(evidence);
  return [...mixed, ...dynamic(evidence), ...preflights(evidence)];
};

function dynamic(evidence: Evidence): readonly Observation[] {
  const asked = [
    ...answersTo(evidence, "known"),
    ...answersTo(evidence, "unknown-origin"),
    ...answersTo(evidence, "without-origin"),
    // Where nothing else is known, a variant that is allowed shows that the answer depends on the origin.
    ...answersTo(evidence, "variant").filter(allows).slice(0, 1),
    ...answersTo(evidence, "null-origin"),
  ];
  const values = new Set(asked.map(({ answer }) => allowOrigin(answer)));
  const lacking = asked.filter(({ answer }) => !variesOnOrigin(answer));
  const [first] = lacking;
  if (values.size < 2 || first === undefined) return [];
  const whose = lacking.length === asked.length ? "No answer has" : `The answer ${toWhom(first)} has no`;
  const message = `${whose} Vary: Origin, and Access-Control-Allow-Origin is ${list([...values])}.`;
  // A public API whose * is missing where no page asks: what a cache mixes up is no grant.
  const isOpen = [...values].every((value) => value === undefined || value === "*");
  const severity = isOpen ? "info" : "medium";
  const other = asked.find(({ answer }) => allowOrigin(answer) !== allowOrigin(first.answer));
  return [{ code: "missing-vary-dynamic", severity, message, seen: other === undefined ? [first] : [first, other] }];
}

function toWhom({ origin }: Answered): string {
  return origin === undefined ? "to a request without an Origin" : `to ${origin}`;
}

function list(values: readonly (string | undefined)[]): string {
  const shown = values.slice(0, 3).map((value) => value ?? "missing");
  return shown.join(", then ");
}

function preflights(evidence: Evidence): readonly Observation[] {
  const plain = allowedPreflights(evidence)[0];
  const others = [
    ["unknown-method", "Access-Control-Allow-Methods", "access-control-request-method"],
    ["unknown-header", "Access-Control-Allow-Headers", "access-control-request-headers"],
  ] as const;
  for (const [purpose, granted, asked] of others) {
    const invented = answerTo(evidence, purpose);
    if (plain === undefined || invented === undefined) continue;
    const before = headerValue(plain.answer.headers, granted);
    const after = headerValue(invented.answer.headers, granted);
    const varies = headerMembers(invented.answer.headers, "vary").some(
      (name) => name === "*" || name.toLowerCase() === asked,
    );
    if (before === after || after === undefined || varies) continue;
    const message = `${granted} is ${before ?? "missing"}, then ${after}; Vary has no ${asked}.`;
    return [{ code: "missing-vary-preflight", severity: "info", message, seen: [invented, plain] }];
  }
  return [];
}

/** One page got what was made for another one, and a cache says that it was it. @see https://www.rfc-editor.org/rfc/rfc9111#name-age */
function mixedUp(evidence: Evidence): readonly Observation[] {
  const first = answerTo(evidence, "cache-first");
  const second = answerTo(evidence, "cache-second");
  if (first === undefined || second === undefined || !allows(first)) return [];
  const granted = allowOrigin(first.answer);
  if (granted === "*" || allowOrigin(second.answer) !== granted || !fromCache(second)) return [];
  const message = `The second page was given the grant of the first, ${granted}, out of a cache.`;
  return [{ code: "cached-acao", severity: "high", message, seen: [second, first] }];
}

function fromCache({ answer: { headers } }: Answered): boolean {
  const hits = ["x-cache", "cf-cache-status", "x-cache-status", "x-proxy-cache", "cache-status"];
  const age = headerValue(headers, "age");
  return age !== undefined || hits.some((name) => /\bhit\b/i.test(headerValue(headers, name) ?? ""));
}
