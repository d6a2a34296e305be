import { allowOrigin, allowsCredentials } from "../../check/cors-fields.ts";
import { headerMembers, headerValue } from "../../check/header-lines.ts";
import { isLoopback } from "../../check/near-host.ts";
import { answersTo, answerTo, type Evidence, letsIn, welcomed, welcomedPreflights } from "../evidence.ts";
import type { Observation, Rule } from "../observation.ts";
import type { Answered } from "../probe.ts";

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
