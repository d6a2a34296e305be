import type { FailureCode } from "@corsmith/cors/browser";
import type { ExplanationCode } from "@corsmith/cors/explain";
import { printable } from "@corsmith/cors/observe";
import { answeredBy, statusOf } from "../live/answered-by.ts";
import { headerMembers, headerValue } from "../live/headers.ts";
import type { Sent } from "../live/safe-client.ts";
import type { LiveAnswer } from "../live/send.ts";
import type { Cause, Likely } from "./check-finding.ts";
import { classifyRedirect } from "./classify-redirect.ts";
import type { JudgedExchange, JudgedFailure } from "./judge.ts";
import type { Probes } from "./probes.ts";

const refusals = /^(?:Disallowed CORS (?<what>origin|method|headers)|Invalid CORS request)/;

/** Why a preflight fails whose status is not from 200 to 299. The status is the cause, whatever headers are missing too. */
export function diagnosePreflightStatus(exchange: JudgedExchange, answer: LiveAnswer, probes: Probes): Cause {
  const { status, headers } = answer;
  if (status >= 300 && status < 400 && headerValue(headers, "location") !== undefined) {
    return redirected(exchange, answer);
  }
  const answered = `the preflight is answered with ${statusOf(answer)}`;
  const facts = [`OPTIONS was answered with ${statusOf(answer)}`, ...byWhom(answer)];
  if (status === 404 || status === 405 || status === 501) {
    const allow = headerValue(headers, "allow");
    const message = `${answered}, because nothing answers OPTIONS at this URL`;
    if (allow !== undefined) facts.push(`Allow: ${printable(allow, 120)}`);
    return { code: "preflight-no-options-handler", message, facts };
  }
  if ([400, 401, 403, 407].includes(status)) return refused(answer, answered, facts, probes);
  const cause = (code: ExplanationCode, why: string): Cause => ({ code, message: answered + why, facts });
  if (status === 429) return cause("rate-limited-429", ": a rate limiter counts preflights");
  if (status < 500) return cause("preflight-status-not-ok", ", and only 200 to 299 will do");
  return status >= 502 && status <= 504
    ? cause("gateway-error-without-cors", ": the proxy got no response from the API behind it")
    : cause("preflight-status-not-ok", ": the server breaks on OPTIONS");
}

function redirected({ request }: JudgedExchange, answer: LiveAnswer): Cause {
  const { kind, target, says } = classifyRedirect(request.url, headerValue(answer.headers, "location") ?? "");
  return {
    code: kind === "other" ? "preflight-redirect" : `preflight-redirect-${kind}`,
    message: `the preflight is redirected (${answer.status}${says === "" ? "" : ` ${says}`}), and no browser follows that`,
    facts: [`OPTIONS was answered with ${statusOf(answer)}`, `Location: ${printable(target, 200)}`, ...byWhom(answer)],
    ...(kind === "login" ? {} : { who: "client", fix: `Call ${printable(target, 200)} itself.` }),
  };
}

function refused(answer: LiveAnswer, answered: string, facts: readonly string[], probes: Probes): Cause {
  const plain = probes.plainOptions?.answer;
  const seen = plain === undefined ? facts : [...facts, `OPTIONS without Origin is answered with ${statusOf(plain)}`];
  const refusal = refusals.exec(answer.bodyStart);
  if (refusal === null && (plain === undefined || plain.status >= 300)) {
    const likely = authentication(answer, probes);
    const message = `${answered}, ${becauseWords[likely.confidence]} authentication runs before CORS`;
    return { code: "preflight-unauthorized", message, facts: seen, likely };
  }
  const what = refusal?.groups?.["what"];
  const isOrigin = what === undefined || what === "origin";
  const subject = isOrigin ? "The page's origin is" : `The ${what} asked for ${what === "headers" ? "are" : "is"}`;
  return {
    code: "preflight-refused-by-policy",
    message: `${answered}: the server's CORS policy refuses ${what === undefined ? "it" : `the ${what}`}`,
    facts: refusal === null ? seen : [...seen, `it says: ${printable(refusal[0], 80)}`],
    likely: { cause: `${subject} not in the server's list.`, confidence: what === undefined ? "likely" : "certain" },
  };
}

/** The headline is no surer than the cause below it. */
const becauseWords: Readonly<Record<Likely["confidence"], string>> = {
  certain: "because",
  likely: "probably because",
  possible: "possibly because",
};

function authentication(answer: LiveAnswer, { preflightWithSecrets }: Probes): Likely {
  const status = preflightWithSecrets?.answer?.status;
  if (status !== undefined && status < 300) {
    const cause = `Authentication runs before CORS: the same OPTIONS with your credentials is answered with ${status}.`;
    return { cause, confidence: "certain" };
  }
  const challenged = headerValue(answer.headers, "www-authenticate") !== undefined;
  return {
    cause: `Authentication runs before CORS${challenged ? ": the response asks for credentials (WWW-Authenticate)" : ""}.`,
    confidence: answer.status === 401 ? "likely" : "possible",
    settledBy: "send the same OPTIONS with a valid token (add -H 'authorization: …'); a 2xx confirms it.",
  };
}

/** Why a preflight with a good status does not permit the request; undefined if it is about the origin. */
export function diagnosePermission({ code }: JudgedFailure, exchange: JudgedExchange): Cause | undefined {
  if (/^(?:header-|invalid-allow-headers)/.test(code)) return headersRefused(code, exchange);
  return /^(?:method-|invalid-allow-methods)/.test(code) ? methodRefused(code, exchange) : undefined;
}

function headersRefused(code: FailureCode, { request, sent }: JudgedExchange): Cause {
  const known = headerMembers(sent.answer?.headers ?? [], "access-control-allow-headers");
  const allowed = new Set(known.map((name) => name.toLowerCase()));
  const asked = headerMembers(request.headers, "access-control-request-headers");
  const missing = asked.filter((name) => !allowed.has(name.toLowerCase()));
  const names = missing.map((name) => printable(name, 60)).join(", ");
  const isOne = missing.length === 1;
  const list = listFact(sent, "Access-Control-Allow-Headers");
  return {
    code,
    message: `the request header${isOne ? "" : "s"} ${names} ${isOne ? "is" : "are"} not in Access-Control-Allow-Headers${starNote(code)}`,
    facts: isOne ? [list] : [list, "browsers name only the first of them"],
    who: "server",
    fix: `Add to Access-Control-Allow-Headers: ${names}. Or the page does not send it.`,
  };
}

function methodRefused(code: FailureCode, { request, sent }: JudgedExchange): Cause {
  const method = printable(headerValue(request.headers, "access-control-request-method") ?? "", 40);
  const facts = [listFact(sent, "Access-Control-Allow-Methods")];
  if (code !== "method-case-mismatch") {
    const message = `the method ${method} is not in Access-Control-Allow-Methods${starNote(code)}`;
    return { code, message, facts, who: "server", fix: `Add ${method} to Access-Control-Allow-Methods.` };
  }
  return {
    code,
    message: `the page writes the method ${method}, and the server allows it in another case`,
    facts,
    who: "client",
    fix: `Write ${method.toUpperCase()}. Browsers correct the case of DELETE, GET, HEAD, OPTIONS, POST and PUT only.`,
  };
}

function listFact({ answer }: Sent, name: string): string {
  const list = headerValue(answer?.headers ?? [], name);
  return list === undefined ? `no ${name}` : `${name}: ${printable(list, 200)}`;
}

function starNote(code: string): string {
  if (code.endsWith("wildcard-with-credentials")) return " (* does not count when credentials are included)";
  return code === "header-authorization-not-covered-by-wildcard" ? " (* does not cover it)" : "";
}

/** Who wrote the answer, as a fact; nothing if that cannot be seen. */
export function byWhom(answer: LiveAnswer): readonly string[] {
  const { name, evidence } = answeredBy(answer);
  if (name === "unknown") return [];
  return [`it was written by ${printable(name, 60)} (${evidence.map((line) => printable(line, 80)).join("; ")})`];
}
