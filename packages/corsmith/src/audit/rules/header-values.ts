import { allowOrigin, allowsCredentials, headerLines, headerMembers, headerValue } from "../../live/headers.ts";
import {
  allowedAnswer,
  allowedPreflights,
  allows,
  answersTo,
  answerTo,
  type Evidence,
  type Observation,
  type Rule,
} from "../evidence.ts";
import type { Answered } from "../probes/probe.ts";

/** Is the value of Access-Control-Allow-Origin one that a page can match? */
export const allowOriginValue: Rule = (evidence) => {
  const asked = answersTo(
    evidence,
    "known",
    "unknown-origin",
    "without-origin",
    "known-preflight",
    "unknown-origin-preflight",
  );
  return [...several(asked), ...twoOwners(asked), ...invalid(asked), ...fixed(evidence)];
};

function several(asked: readonly Answered[]): readonly Observation[] {
  const one = asked.find(({ answer }) => (allowOrigin(answer) ?? "").trim().split(/[\s,]+/).length > 1);
  if (one === undefined) return [];
  const lines = headerLines(one.answer.headers, "access-control-allow-origin");
  const message =
    lines.length > 1
      ? `The header is sent ${lines.length} times: ${lines.join(" and ")}.`
      : `One line holds a list: ${lines[0]}.`;
  return [{ code: "duplicate-acao", severity: "medium", message, seen: [one] }];
}

const single = ["access-control-allow-origin", "access-control-allow-credentials", "access-control-max-age"];

/** What has one value comes in two lines: one program put its own beside another's. */
function twoOwners(asked: readonly Answered[]): readonly Observation[] {
  const one = asked.find(({ answer }) => single.some((name) => headerLines(answer.headers, name).length > 1));
  const names = single.filter((name) => one !== undefined && headerLines(one.answer.headers, name).length > 1);
  if (one === undefined) return [];
  return [{ code: "two-owners", severity: "low", message: `Twice in one answer: ${names.join(", ")}.`, seen: [one] }];
}

/** @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin */
function invalid(asked: readonly Answered[]): readonly Observation[] {
  const one = asked.find(({ answer, origin }) => {
    const value = allowOrigin(answer);
    return value !== undefined && value !== origin && !/[\s,]/.test(value.trim()) && !canMatch(value);
  });
  if (one === undefined) return [];
  const value = allowOrigin(one.answer) ?? "";
  const message = `Access-Control-Allow-Origin is ${JSON.stringify(value)}: ${whyNot(value)}.`;
  return [{ code: "invalid-acao-syntax", severity: "medium", message, seen: [one] }];
}

function canMatch(value: string): boolean {
  if (value === "*" || value === "null") return true;
  const url = URL.parse(value);
  if (url === null || value.includes("*")) return false;
  return /^https?:$/.test(url.protocol) ? url.origin === value : /^[a-z][a-z\d+.-]*:\/\/[^/?#\s]+$/.test(value);
}

function whyNot(value: string): string {
  if (value === "") return "it is empty";
  if (/^["']/.test(value)) return "it has quotation marks";
  if (value.includes("*")) return "there are no patterns in this header";
  if (!value.includes("://")) return "the scheme is missing";
  const url = URL.parse(value);
  if (url === null) return "it is not an origin";
  if (value === `${url.origin}/`) return "there is a slash at its end";
  if (url.pathname !== "/" || url.search !== "") return "it has a path";
  if (/[A-Z]/.test(value)) return "no browser sends capitals";
  return "no browser writes an origin like this, default ports are left out";
}

function fixed(evidence: Evidence): readonly Observation[] {
  const unknownOrigin = answerTo(evidence, "unknown-origin");
  const without = answerTo(evidence, "without-origin");
  const value = allowOrigin(unknownOrigin?.answer);
  if (unknownOrigin === undefined || without === undefined || value === undefined) return [];
  const isFixed = value === allowOrigin(without.answer) && value !== "*" && value !== "null" && canMatch(value);
  if (!isFixed) return [];
  const message = `The answer to every origin says ${value}.`;
  return [{ code: "static-acao-mismatch", severity: "info", message, seen: [unknownOrigin] }];
}

const field = "access-control-allow-credentials";

/** Does Access-Control-Allow-Credentials say what it is meant to? @see https://fetch.spec.whatwg.org/#concept-cors-check */
export const credentialsValue: Rule = (evidence) => {
  const asked = [
    ...answersTo(evidence, "known"),
    ...answersTo(evidence, "unknown-origin"),
    ...allowedPreflights(evidence),
  ];
  const one = asked.find(({ answer }) => {
    const lines = headerLines(answer.headers, field);
    return lines.length > 0 && lines.some((line) => line !== "true");
  });
  if (one === undefined) return [];
  const message = `Access-Control-Allow-Credentials is ${JSON.stringify(headerValue(one.answer.headers, field))}.`;
  return [{ code: "acac-invalid", severity: "low", message, seen: [one] }];
};

const lists = ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Expose-Headers"];

/** `*` among names means any only without credentials. @see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials */
export const wildcardTokens: Rule = (evidence) => {
  const answer = allowedAnswer(evidence);
  const asked = [...(answer === undefined ? [] : [answer]), ...allowedPreflights(evidence).filter(allows)];
  for (const one of asked.filter((each) => allowsCredentials(each.answer))) {
    const starred = lists.filter((name) => headerMembers(one.answer.headers, name).includes("*"));
    if (starred.length === 0) continue;
    const message = `With Access-Control-Allow-Credentials: true, ${starred.join(" and ")}: *.`;
    return [{ code: "wildcard-token-with-credentials", severity: "medium", message, seen: [one] }];
  }
  return [];
};

/** Does Access-Control-Max-Age say a number of seconds that browsers keep? @see https://fetch.spec.whatwg.org/#http-access-control-max-age */
export const maxAge: Rule = (evidence) => {
  const [asked] = allowedPreflights(evidence).filter(allows);
  if (asked === undefined || asked.answer.status < 200 || asked.answer.status > 299) return [];
  const value = headerValue(asked.answer.headers, "access-control-max-age");
  const shown = { severity: "info", seen: [asked] } as const;
  if (value === undefined) {
    const message = "There is no Access-Control-Max-Age: browsers keep the answer for 5 s.";
    return [{ code: "max-age-missing", message, ...shown }];
  }
  if (value === "0") return [{ code: "max-age-missing", message: "Access-Control-Max-Age is 0.", ...shown }];
  const isNumber = /^\d+$/.test(value);
  if (value === "-1" || (isNumber && Number(value) <= 86_400)) return [];
  return [{ code: "max-age-excessive", message: `Access-Control-Max-Age is ${JSON.stringify(value)}.`, ...shown }];
};
