import { isLoopbackHost } from "@corsmith/cors";
import { redactUrl } from "@corsmith/cors/browser";
import { allowOrigin, allowsCredentials, headerMembers, headerValue } from "../../live/headers.ts";
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

/** Does the preflight of a page that is allowed pass, and does the answer keep what it promises? */
export const preflight: Rule = (evidence) => {
  const [asked] = allowedPreflights(evidence);
  if (asked === undefined) return [];
  const { status } = asked.answer;
  return status > 199 && status < 300 ? mismatch(evidence) : badStatus(evidence, asked);
};

function badStatus(evidence: Evidence, asked: Answered): readonly Observation[] {
  const { status, statusText, headers } = asked.answer;
  const target = headerValue(headers, "location") ?? "";
  const message = `The preflight of ${asked.origin} is answered with ${`${status} ${statusText}`.trim()}${target === "" ? "" : `, to ${redactUrl(target)}`}.`;
  const needsLogin = [401, 403, 407].includes(status) || (status < 400 && /log-?in|sign-?in|auth|sso/i.test(target));
  const refusesOrigin = status === 403 && allowedAnswer(evidence) === undefined;
  // A page that is not allowed at all is another rule's.
  if (refusesOrigin) return [];
  if (needsLogin) return [{ code: "preflight-needs-auth", severity: "medium", message, seen: [asked] }];
  // What is read by plain GETs only does without preflights.
  const isWanted = evidence.origins.length > 0;
  return [{ code: "preflight-bad-status", severity: isWanted ? "medium" : "info", message, seen: [asked] }];
}

function mismatch(evidence: Evidence): readonly Observation[] {
  const [promise] = allowedPreflights(evidence).filter(allows);
  const asked = answersTo(evidence, "known", "unknown-origin");
  const answer = asked.find(({ origin }) => origin === promise?.origin);
  if (promise === undefined || answer === undefined) return [];
  // Where a redirect leads to is another URL; what an error lacks is another rule's.
  if (answer.answer.status >= 300) return [];
  const grant = allowOrigin(answer.answer);
  if (!allows(answer)) {
    const message = `The preflight says ${allowOrigin(promise.answer)}, and the answer to the GET ${grant ?? "nothing"}.`;
    return [{ code: "preflight-actual-mismatch", severity: "medium", message, seen: [promise, answer] }];
  }
  if (allowsCredentials(promise.answer) === allowsCredentials(answer.answer)) return [];
  const which = allowsCredentials(promise.answer) ? "preflight" : "answer to the GET";
  const message = `Only the ${which} says Access-Control-Allow-Credentials: true.`;
  return [{ code: "preflight-actual-mismatch", severity: "medium", message, seen: [promise, answer] }];
}

/** Is more granted to pages than they need? */
export const grants: Rule = (evidence) => [
  ...methods(evidence),
  ...headers(evidence),
  ...authorization(evidence),
  ...exposed(evidence),
];

/** What a page of the developer's own machine may do is the developer's own choice. */
function counts(asked: Answered): boolean {
  if (!allows(asked)) return false;
  const page = URL.parse(asked.origin ?? "");
  return page === null || !isLoopbackHost(page.hostname);
}

function members(asked: Answered, name: string): readonly string[] {
  return headerMembers(asked.answer.headers, name).map((member) => member.toLowerCase());
}

function methods(evidence: Evidence): readonly Observation[] {
  const invented = answerTo(evidence, "unknown-method");
  if (invented !== undefined && counts(invented)) {
    const asked = headerValue(invented.headers, "access-control-request-method") ?? "";
    if (members(invented, "access-control-allow-methods").includes(asked.toLowerCase())) {
      const message = `An invented method, ${asked}, is allowed.`;
      return [{ code: "methods-over-permissive", severity: openSeverity(invented), message, seen: [invented] }];
    }
  }
  const [plain] = allowedPreflights(evidence).filter(counts);
  const forbidden = plain === undefined ? [] : members(plain, "access-control-allow-methods");
  const listed = forbidden.filter((name) => /^(?:trace|connect|track)$/.test(name)).map((name) => name.toUpperCase());
  if (plain === undefined || listed.length === 0) return [];
  const message = `${listed.join(", ")} ${listed.length === 1 ? "is" : "are"} allowed, which no page may send.`;
  return [{ code: "methods-over-permissive", severity: "info", message, seen: [plain] }];
}

/** To echo what is asked for is what `*` says, where `*` counts. */
function openSeverity({ answer }: Answered): "low" | "info" {
  return allowOrigin(answer) === "*" && !allowsCredentials(answer) ? "info" : "low";
}

function headers(evidence: Evidence): readonly Observation[] {
  const invented = answerTo(evidence, "unknown-header");
  if (invented === undefined || !counts(invented)) return [];
  const asked = headerValue(invented.headers, "access-control-request-headers") ?? "";
  if (!members(invented, "access-control-allow-headers").includes(asked)) return [];
  const severity = allowsCredentials(invented.answer) ? "medium" : openSeverity(invented);
  return [
    { code: "headers-reflected", severity, message: `An invented header, ${asked}, is allowed.`, seen: [invented] },
  ];
}

function authorization(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "authorization-header");
  if (asked === undefined || !allows(asked) || allowsCredentials(asked.answer)) return [];
  const names = members(asked, "access-control-allow-headers");
  if (!names.includes("*") || names.includes("authorization")) return [];
  const message = "Authorization was asked for, and Access-Control-Allow-Headers is *.";
  return [{ code: "authorization-under-wildcard", severity: "info", message, seen: [asked] }];
}

const secret =
  /^(?:authorization|set-cookie2?|x-api-key|x-amz-security-token|x-internal-.*|x-auth-token|proxy-authorization)$/;

function exposed(evidence: Evidence): readonly Observation[] {
  const asked = allowedAnswer(evidence) ?? answersTo(evidence, "known")[0];
  if (asked === undefined) return [];
  const listed = members(asked, "access-control-expose-headers");
  const names = listed.filter((name) => secret.test(name));
  const shown = { code: "expose-sensitive", seen: [asked] } as const;
  if (names.length > 0) return [{ ...shown, severity: "low", message: `Exposed: ${names.join(", ")}.` }];
  const isPublic = allowOrigin(asked.answer) === "*";
  if (!listed.includes("*") || isPublic || allowsCredentials(asked.answer)) return [];
  return [{ ...shown, severity: "info", message: "Every header of the answer is exposed, by *." }];
}
