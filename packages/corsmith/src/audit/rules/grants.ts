import { redactUrl } from "@corsmith/cors/browser";
import { isLoopback } from "../../check/near-host.ts";
import { allowOrigin, allowsCredentials, headerMembers, headerValue } from "../../live/headers.ts";
import {
  answersTo,
  answerTo,
  type Evidence,
  letsIn,
  type Observation,
  type Rule,
  welcomed,
  welcomedPreflights,
} from "../evidence.ts";
import type { Answered } from "../probes/probe.ts";

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

/** Is more granted to pages than they need? */
export const grants: Rule = (evidence) => [
  ...methods(evidence),
  ...headers(evidence),
  ...authorization(evidence),
  ...exposed(evidence),
];

/** What a page of the developer's own machine may do is the developer's own matter. */
function counts(asked: Answered): boolean {
  if (!letsIn(asked)) return false;
  const page = URL.parse(asked.origin ?? "");
  return page === null || !isLoopback(page.hostname);
}

function members(asked: Answered, name: string): readonly string[] {
  return headerMembers(asked.answer.headers, name).map((member) => member.toLowerCase());
}

function methods(evidence: Evidence): readonly Observation[] {
  const strange = answerTo(evidence, "strange-method");
  if (strange !== undefined && counts(strange)) {
    const asked = headerValue(strange.headers, "access-control-request-method") ?? "";
    if (members(strange, "access-control-allow-methods").includes(asked.toLowerCase())) {
      const says = `A method that nobody has, ${asked}, is allowed.`;
      return [{ code: "methods-over-permissive", severity: openSeverity(strange), says, seen: [strange] }];
    }
  }
  const [plain] = welcomedPreflights(evidence).filter(counts);
  const forbidden = plain === undefined ? [] : members(plain, "access-control-allow-methods");
  const listed = forbidden.filter((name) => /^(?:trace|connect|track)$/.test(name)).map((name) => name.toUpperCase());
  if (plain === undefined || listed.length === 0) return [];
  const says = `${listed.join(", ")} ${listed.length === 1 ? "is" : "are"} allowed, which no page may send.`;
  return [{ code: "methods-over-permissive", severity: "info", says, seen: [plain] }];
}

/** To echo what is asked for is what `*` says, where `*` counts. */
function openSeverity({ answer }: Answered): "low" | "info" {
  return allowOrigin(answer) === "*" && !allowsCredentials(answer) ? "info" : "low";
}

function headers(evidence: Evidence): readonly Observation[] {
  const strange = answerTo(evidence, "strange-header");
  if (strange === undefined || !counts(strange)) return [];
  const asked = headerValue(strange.headers, "access-control-request-headers") ?? "";
  if (!members(strange, "access-control-allow-headers").includes(asked)) return [];
  const severity = allowsCredentials(strange.answer) ? "medium" : openSeverity(strange);
  return [
    { code: "headers-reflected", severity, says: `A header that nobody knows, ${asked}, is allowed.`, seen: [strange] },
  ];
}

function authorization(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "authorization-header");
  if (asked === undefined || !letsIn(asked) || allowsCredentials(asked.answer)) return [];
  const names = members(asked, "access-control-allow-headers");
  if (!names.includes("*") || names.includes("authorization")) return [];
  const says = "Authorization was asked for, and Access-Control-Allow-Headers is *.";
  return [{ code: "authorization-under-wildcard", severity: "info", says, seen: [asked] }];
}

const secret =
  /^(?:authorization|set-cookie2?|x-api-key|x-amz-security-token|x-internal-.*|x-auth-token|proxy-authorization)$/;

function exposed(evidence: Evidence): readonly Observation[] {
  const asked = welcomed(evidence) ?? answersTo(evidence, "known")[0];
  if (asked === undefined) return [];
  const listed = members(asked, "access-control-expose-headers");
  const names = listed.filter((name) => secret.test(name));
  const shown = { code: "expose-sensitive", seen: [asked] } as const;
  if (names.length > 0) return [{ ...shown, severity: "low", says: `Exposed: ${names.join(", ")}.` }];
  const isPublic = allowOrigin(asked.answer) === "*";
  if (!listed.includes("*") || isPublic || allowsCredentials(asked.answer)) return [];
  return [{ ...shown, severity: "info", says: "Every header of the answer is exposed, by *." }];
}
