import { isLoopbackHost } from "@corsmith/cors";
import { redactUrl } from "@corsmith/cors/browser";
import { statusOf } from "../../live/answered-by.ts";
import { allowOrigin, allowsCredentials, headerMembers, headerValue } from "../../live/headers.ts";
import { allows, type Rule } from "../evidence.ts";
import type { Answered } from "../probes/probe.ts";

const preflightStatus: Rule = ({ allowed, origins, preflights: [asked] }) => {
  if (asked === undefined || (asked.answer.status > 199 && asked.answer.status < 300)) return undefined;
  const { status, headers } = asked.answer;
  const target = headerValue(headers, "location") ?? "";
  const message = `The preflight of ${asked.origin} is answered with ${statusOf(asked.answer)}${target === "" ? "" : `, to ${redactUrl(target)}`}.`;
  const needsLogin = [401, 403, 407].includes(status) || (status < 400 && /log-?in|sign-?in|auth|sso/i.test(target));
  // A page that is not allowed at all is another rule's.
  if (status === 403 && allowed === undefined) return undefined;
  if (needsLogin) return { code: "preflight-needs-auth", severity: "medium", message, seen: [asked] };
  // What is read by plain GETs only does without preflights.
  return { code: "preflight-bad-status", severity: origins.length > 0 ? "medium" : "info", message, seen: [asked] };
};

/** Does the answer keep what the preflight promises? */
const brokenPromise: Rule = ({ all, preflights }) => {
  const status = preflights[0]?.answer.status ?? 0;
  const promise = preflights.find(allows);
  const answer = all("known", "unknown-origin").find(({ origin }) => origin === promise?.origin);
  if (status < 200 || status > 299 || promise === undefined || answer === undefined) return undefined;
  // Where a redirect leads to is another URL; what an error lacks is another rule's.
  if (answer.answer.status >= 300) return undefined;
  const shown = { code: "preflight-actual-mismatch", severity: "medium", seen: [promise, answer] } as const;
  if (!allows(answer)) {
    const grant = allowOrigin(answer.answer) ?? "nothing";
    return {
      ...shown,
      message: `The preflight says ${allowOrigin(promise.answer)}, and the response to the GET ${grant}.`,
    };
  }
  if (allowsCredentials(promise.answer) === allowsCredentials(answer.answer)) return undefined;
  const which = allowsCredentials(promise.answer) ? "preflight" : "response to the GET";
  return { ...shown, message: `Only the ${which} says Access-Control-Allow-Credentials: true.` };
};

/** What a page of the developer's own machine may do is the developer's own choice. */
function counts(asked: Answered): boolean {
  const page = URL.parse(asked.origin ?? "");
  return allows(asked) && (page === null || !isLoopbackHost(page.hostname));
}

function members(asked: Answered, name: string): readonly string[] {
  return headerMembers(asked.answer.headers, name).map((member) => member.toLowerCase());
}

const methods: Rule = ({ first, preflights }) => {
  const code = "methods-over-permissive";
  const invented = first("unknown-method");
  const asked = headerValue(invented?.headers ?? [], "access-control-request-method") ?? "";
  if (invented && counts(invented) && members(invented, "access-control-allow-methods").includes(asked.toLowerCase())) {
    const message = `An invented method, ${asked}, is allowed.`;
    return { code, severity: openSeverity(invented), message, seen: [invented] };
  }
  const plain = preflights.find(counts);
  const known = plain === undefined ? [] : members(plain, "access-control-allow-methods");
  const listed = known.filter((name) => /^(?:trace|connect|track)$/.test(name)).map((name) => name.toUpperCase());
  if (plain === undefined || listed.length === 0) return undefined;
  const message = `${listed.join(", ")} ${listed.length === 1 ? "is" : "are"} allowed, which no page may send.`;
  return { code, severity: "info", message, seen: [plain] };
};

/** To echo what is asked for is what `*` says, where `*` counts. */
function openSeverity({ answer }: Answered): "low" | "info" {
  return allowOrigin(answer) === "*" && !allowsCredentials(answer) ? "info" : "low";
}

const headers: Rule = ({ first }) => {
  const invented = first("unknown-header");
  if (invented === undefined || !counts(invented)) return undefined;
  const asked = headerValue(invented.headers, "access-control-request-headers") ?? "";
  if (!members(invented, "access-control-allow-headers").includes(asked)) return undefined;
  const severity = allowsCredentials(invented.answer) ? "medium" : openSeverity(invented);
  return {
    code: "headers-reflected",
    severity,
    message: `An invented header, ${asked}, is allowed.`,
    seen: [invented],
  };
};

const authorization: Rule = ({ first }) => {
  const asked = first("authorization-header");
  if (asked === undefined || !allows(asked) || allowsCredentials(asked.answer)) return undefined;
  const names = members(asked, "access-control-allow-headers");
  if (!names.includes("*") || names.includes("authorization")) return undefined;
  const message = "Authorization was asked for, and Access-Control-Allow-Headers is *.";
  return { code: "authorization-under-wildcard", severity: "info", message, seen: [asked] };
};

const secret =
  /^(?:authorization|set-cookie2?|x-api-key|x-amz-security-token|x-internal-.*|x-auth-token|proxy-authorization)$/;

const exposed: Rule = ({ allowed, first }) => {
  const asked = allowed ?? first("known");
  if (asked === undefined) return undefined;
  const listed = members(asked, "access-control-expose-headers");
  const names = listed.filter((name) => secret.test(name));
  const shown = { code: "expose-sensitive", seen: [asked] } as const;
  if (names.length > 0) return { ...shown, severity: "low", message: `Exposed: ${names.join(", ")}.` };
  if (!listed.includes("*") || allowOrigin(asked.answer) === "*" || allowsCredentials(asked.answer)) return undefined;
  return { ...shown, severity: "info", message: "Every response header is exposed, by *." };
};

/** Does Access-Control-Max-Age say a number of seconds that browsers keep? @see https://fetch.spec.whatwg.org/#http-access-control-max-age */
const maxAge: Rule = ({ preflights }) => {
  const asked = preflights.find(allows);
  if (asked === undefined || asked.answer.status < 200 || asked.answer.status > 299) return undefined;
  const value = headerValue(asked.answer.headers, "access-control-max-age");
  const shown = { severity: "info", seen: [asked] } as const;
  if (value === undefined) {
    const message = "There is no Access-Control-Max-Age: browsers keep the preflight response for 5 s.";
    return { code: "max-age-missing", message, ...shown };
  }
  if (value === "0") return { code: "max-age-missing", message: "Access-Control-Max-Age is 0.", ...shown };
  if (value === "-1" || (/^\d+$/.test(value) && Number(value) <= 86_400)) return undefined;
  return { code: "max-age-excessive", message: `Access-Control-Max-Age is ${JSON.stringify(value)}.`, ...shown };
};

/** Does a page that is allowed see errors, too? The URL itself may be one that GET is not for, or that asks for a login. */
const errors: Rule = ({ all, allowed, preflights }) => {
  const fine = allowed ?? preflights.find(allows);
  const asked = all("known", "unknown-origin").filter(({ origin }) => origin === fine?.origin);
  // Where no GET has the headers, it is not the errors that lack them.
  const missing = allowed === undefined ? [] : all("missing-path");
  const failed = [...asked, ...missing].find(({ answer }) => answer.status >= 400);
  if (fine === undefined || failed === undefined || allows(failed)) return undefined;
  const what = failed.purpose === "missing-path" ? "A path that does not exist" : "A GET of this URL";
  const grant = allowOrigin(failed.answer) === undefined ? "without" : "with another";
  const message = `${what} is answered with ${statusOf(failed.answer)} and ${grant} Access-Control-Allow-Origin.`;
  return { code: "error-response-without-cors", severity: "medium", message, seen: [failed, fine] };
};

/** Does the URL lead a page elsewhere, where its origin is null? @see https://fetch.spec.whatwg.org/#http-redirect-fetch */
const redirect: Rule = ({ all }) => {
  for (const one of all("known", "unknown-origin")) {
    const { status, headers } = one.answer;
    const target = URL.parse(headerValue(headers, "location") ?? "", one.url);
    if (![301, 302, 303, 307, 308].includes(status) || target === null) continue;
    if (target.origin === new URL(one.url).origin) continue;
    const message = `The response is ${status}, to ${target.origin}.`;
    return { code: "redirect-taints-origin", severity: "low", message, seen: [one] };
  }
  return undefined;
};

/** Do pages that are allowed get what they need, and no more? */
export const grantRules: readonly Rule[] = [
  preflightStatus,
  brokenPromise,
  methods,
  headers,
  authorization,
  exposed,
  maxAge,
  errors,
  redirect,
];
