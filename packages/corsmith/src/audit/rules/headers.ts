import {
  allowOrigin,
  allowsCredentials,
  headerLines,
  headerMembers,
  headerValue,
  variesOnOrigin,
} from "../../live/headers.ts";
import { allows, type Rule } from "../evidence.ts";
import type { Answered } from "../probes/probe.ts";

/** One page got what was made for another one, and a cache says that it was it. @see https://www.rfc-editor.org/rfc/rfc9111#name-age */
const mixedUp: Rule = ({ first: firstOf }) => {
  const first = firstOf("cache-first");
  const second = firstOf("cache-second");
  if (first === undefined || second === undefined || !allows(first)) return undefined;
  const granted = allowOrigin(first.answer);
  if (granted === "*" || allowOrigin(second.answer) !== granted || !fromCache(second)) return undefined;
  const message = `The second page was given the grant of the first, ${granted}, out of a cache.`;
  return { code: "cached-acao", severity: "high", message, seen: [second, first] };
};

function fromCache({ answer: { headers } }: Answered): boolean {
  const hits = ["x-cache", "cf-cache-status", "x-cache-status", "x-proxy-cache", "cache-status"];
  const age = headerValue(headers, "age");
  return age !== undefined || hits.some((name) => /\bhit\b/i.test(headerValue(headers, name) ?? ""));
}

const varyOfAnswers: Rule = ({ all }) => {
  const asked = [
    ...all("known", "unknown-origin", "without-origin"),
    // Where nothing else is known, a variant that is allowed shows that the answer depends on the origin.
    ...all("variant").filter(allows).slice(0, 1),
    ...all("null-origin"),
  ];
  const values = [...new Set(asked.map(({ answer }) => allowOrigin(answer)))];
  const lacking = asked.filter(({ answer }) => !variesOnOrigin(answer));
  const [first] = lacking;
  if (values.length < 2 || first === undefined) return undefined;
  const whom = first.origin === undefined ? "a request without an Origin" : first.origin;
  const whose = lacking.length === asked.length ? "No response has" : `The response to ${whom} has no`;
  const list = values.slice(0, 3).map((value) => value ?? "missing");
  const message = `${whose} Vary: Origin, and Access-Control-Allow-Origin is ${list.join(", then ")}.`;
  // A public API whose * is missing where no page asks: what a cache mixes up is no grant.
  const isOpen = values.every((value) => value === undefined || value === "*");
  const severity = isOpen ? "info" : "medium";
  const other = asked.find(({ answer }) => allowOrigin(answer) !== allowOrigin(first.answer));
  return { code: "missing-vary-dynamic", severity, message, seen: other === undefined ? [first] : [first, other] };
};

const varyOfPreflights: Rule = ({ first, preflights: [plain] }) => {
  const others = [
    ["unknown-method", "Access-Control-Allow-Methods", "access-control-request-method"],
    ["unknown-header", "Access-Control-Allow-Headers", "access-control-request-headers"],
  ] as const;
  for (const [purpose, granted, asked] of others) {
    const invented = first(purpose);
    if (plain === undefined || invented === undefined) continue;
    const before = headerValue(plain.answer.headers, granted);
    const after = headerValue(invented.answer.headers, granted);
    const varies = headerMembers(invented.answer.headers, "vary").map((name) => name.toLowerCase());
    if (before === after || after === undefined || varies.includes("*") || varies.includes(asked)) continue;
    const message = `${granted} is ${before ?? "missing"}, then ${after}; Vary has no ${asked}.`;
    return { code: "missing-vary-preflight", severity: "info", message, seen: [invented, plain] };
  }
  return undefined;
};

/** Answers whose Access-Control-Allow-Origin should be one that a page can match. */
const withValue = ["known", "unknown-origin", "without-origin", "known-preflight", "unknown-origin-preflight"] as const;

const severalValues: Rule = ({ all }) => {
  const one = all(...withValue).find(({ answer }) => (allowOrigin(answer) ?? "").trim().split(/[\s,]+/).length > 1);
  if (one === undefined) return undefined;
  const lines = headerLines(one.answer.headers, "access-control-allow-origin");
  const message =
    lines.length > 1
      ? `The header is sent ${lines.length} times: ${lines.join(" and ")}.`
      : `One line holds a list: ${lines[0]}.`;
  return { code: "duplicate-acao", severity: "medium", message, seen: [one] };
};

/** What has one value comes in two lines: one program put its own beside another's. */
const twoOwners: Rule = ({ all }) => {
  const single = ["access-control-allow-origin", "access-control-allow-credentials", "access-control-max-age"];
  for (const one of all(...withValue)) {
    const names = single.filter((name) => headerLines(one.answer.headers, name).length > 1);
    if (names.length === 0) continue;
    return { code: "two-owners", severity: "low", message: `Twice in one response: ${names.join(", ")}.`, seen: [one] };
  }
  return undefined;
};

/** @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin */
const invalidValue: Rule = ({ all }) => {
  for (const one of all(...withValue)) {
    const value = allowOrigin(one.answer);
    if (value === undefined || value === one.origin || /[\s,]/.test(value.trim()) || canMatch(value)) continue;
    const message = `Access-Control-Allow-Origin is ${JSON.stringify(value)}: ${whyNot(value)}.`;
    return { code: "invalid-acao-syntax", severity: "medium", message, seen: [one] };
  }
  return undefined;
};

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

const fixedValue: Rule = ({ first }) => {
  const unknownOrigin = first("unknown-origin");
  const value = allowOrigin(unknownOrigin?.answer);
  if (unknownOrigin === undefined || value === undefined || /^(?:\*|null)$/.test(value) || !canMatch(value))
    return undefined;
  if (value !== allowOrigin(first("without-origin")?.answer)) return undefined;
  const message = `The response to every origin says ${value}.`;
  return { code: "static-acao-mismatch", severity: "info", message, seen: [unknownOrigin] };
};

/** Does Access-Control-Allow-Credentials say what it is meant to? @see https://fetch.spec.whatwg.org/#concept-cors-check */
const credentialsValue: Rule = ({ all, preflights }) => {
  const field = "access-control-allow-credentials";
  const asked = [...all("known", "unknown-origin"), ...preflights];
  const one = asked.find(({ answer }) => headerLines(answer.headers, field).some((line) => line !== "true"));
  if (one === undefined) return undefined;
  const message = `Access-Control-Allow-Credentials is ${JSON.stringify(headerValue(one.answer.headers, field))}.`;
  return { code: "acac-invalid", severity: "low", message, seen: [one] };
};

/** `*` among names means any only without credentials. @see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials */
const wildcardTokens: Rule = ({ allowed, preflights }) => {
  const lists = ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Expose-Headers"];
  const asked = [...(allowed === undefined ? [] : [allowed]), ...preflights.filter(allows)];
  for (const one of asked.filter(({ answer }) => allowsCredentials(answer))) {
    const starred = lists.filter((name) => headerMembers(one.answer.headers, name).includes("*"));
    if (starred.length === 0) continue;
    const message = `With Access-Control-Allow-Credentials: true, ${starred.join(" and ")}: *.`;
    return { code: "wildcard-token-with-credentials", severity: "medium", message, seen: [one] };
  }
  return undefined;
};

const granting = /^access-control-(?:allow-(?:credentials|methods|headers)|max-age|expose-headers)$/i;

const grantsOnDenial: Rule = ({ all }) => {
  for (const one of all("unknown-origin", "unknown-origin-preflight")) {
    const sent = [...new Set(one.answer.headers.map(([name]) => name).filter((name) => granting.test(name)))];
    if (allowOrigin(one.answer) !== undefined || sent.length === 0) continue;
    const message = `A page that is refused is sent ${sent.join(", ")}.`;
    return { code: "headers-on-deny", severity: "info", message, seen: [one] };
  }
  return undefined;
};

/** Several origins in headers, or an error that lists them. */
const disclosedOrigins: Rule = ({ all, origins }) => {
  const field = "access-control-allow-origin";
  for (const one of all("unknown-origin", "without-origin", "unknown-origin-preflight")) {
    const { headers, status, bodyStart } = one.answer;
    const listed = [...new Set(headerMembers(headers, field).filter((member) => member.includes("://")))];
    const written = status >= 400 ? origins.filter((origin) => bodyStart.includes(origin)) : [];
    if (listed.length < 2 && written.length === 0) continue;
    const where = listed.length > 1 ? "Access-Control-Allow-Origin lists" : "The text of the error names";
    const message = `${where} ${(listed.length > 1 ? listed : written).slice(0, 4).join(", ")}.`;
    return { code: "allowlist-disclosure", severity: "info", message, seen: [one] };
  }
  return undefined;
};

/** Do the headers say something that a page can use, caches learn what it depends on, and those who are refused nothing? */
export const headerRules: readonly Rule[] = [
  mixedUp,
  varyOfAnswers,
  varyOfPreflights,
  severalValues,
  twoOwners,
  invalidValue,
  fixedValue,
  credentialsValue,
  wildcardTokens,
  grantsOnDenial,
  disclosedOrigins,
];
