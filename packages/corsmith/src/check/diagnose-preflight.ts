import type { FailureCode } from "@corsmith/cors/browser";
import type { Fix } from "@corsmith/cors/explain";
import { printable } from "@corsmith/cors/observe";
import { answeredBy } from "../live/answered-by.ts";
import { headerValue } from "../live/headers.ts";
import type { Sent } from "../live/recording-client.ts";
import type { WireAnswer } from "../live/send.ts";
import type { Diagnosis, Likely } from "./check-finding.ts";
import { classifyRedirect } from "./classify-redirect.ts";
import { missingNames } from "./diagnose-allow-origin.ts";
import type { JudgedExchange, JudgedFailure } from "./judge.ts";
import type { Probes } from "./probes.ts";

const refusals = /^(?:Disallowed CORS (?<what>origin|method|headers)|Invalid CORS request)/;

/** Why a preflight fails whose status is not from 200 to 299. The status is the cause, whatever headers are missing too. */
export function diagnosePreflightStatus(exchange: JudgedExchange, answer: WireAnswer, probes: Probes): Diagnosis {
  const { status } = answer;
  if (status >= 300 && status < 400 && headerValue(answer.headers, "location") !== undefined) {
    return redirected(exchange, answer);
  }
  const shown = statusOf(answer);
  const facts = [`OPTIONS was answered with ${shown}`, ...byWhom(answer)];
  if (status === 404 || status === 405 || status === 501) {
    return {
      code: "preflight-no-options-handler",
      says: `the preflight is answered with ${shown}, because nothing answers OPTIONS at this URL`,
      facts: [...facts, ...allowOf(answer)],
      fix: { who: "server", what: "Let the CORS layer answer OPTIONS before the router looks for a route." },
    };
  }
  if (status === 401 || status === 403 || status === 400 || status === 407)
    return refused(answer, shown, facts, probes);
  if (status === 429) {
    return {
      code: "rate-limited-429",
      says: `the preflight is answered with ${shown}: a rate limiter counts preflights`,
      facts,
    };
  }
  const isGateway = status >= 502 && status <= 504;
  if (status < 500) {
    return {
      code: "preflight-status-not-ok",
      says: `the preflight is answered with ${shown}, and only 200 to 299 will do`,
      facts,
    };
  }
  return {
    code: isGateway ? "gateway-error-without-cors" : "preflight-status-not-ok",
    says: `the preflight is answered with ${shown}: ${isGateway ? "the proxy has no answer from the API behind it" : "the server breaks on OPTIONS"}`,
    facts,
  };
}

function redirected({ request }: JudgedExchange, answer: WireAnswer): Diagnosis {
  const { kind, target, says } = classifyRedirect(request.url, headerValue(answer.headers, "location") ?? "");
  return {
    code: kind === "other" ? "preflight-redirect" : `preflight-redirect-${kind}`,
    says: `the preflight is redirected (${answer.status}${says === "" ? "" : ` ${says}`}), and no browser follows that`,
    facts: [`OPTIONS was answered with ${statusOf(answer)}`, `Location: ${printable(target, 200)}`, ...byWhom(answer)],
    fix:
      kind === "login"
        ? {
            who: "server",
            what: "Answer OPTIONS before the login check; and answer 401 instead of a redirect to requests that are no page views.",
          }
        : { who: "client", what: `Call ${printable(target, 200)} itself.` },
  };
}

function refused(answer: WireAnswer, shown: string, facts: readonly string[], probes: Probes): Diagnosis {
  const plain = probes.plainOptions?.answer;
  const seen = plain === undefined ? facts : [...facts, `OPTIONS without Origin is answered with ${statusOf(plain)}`];
  const refusal = refusals.exec(answer.bodyStart);
  if (refusal !== null || (plain !== undefined && plain.status < 300)) {
    return refusedByPolicy(shown, seen, refusal?.[0], refusal?.groups?.["what"]);
  }
  return {
    code: "preflight-unauthorized",
    says: `the preflight is answered with ${shown}, because authentication runs before CORS`,
    facts: seen,
    likely: authentication(answer, probes.preflightWithSecrets),
    fix: {
      who: "server",
      what: "Move CORS above authentication, or let OPTIONS that carries Access-Control-Request-Method pass it. Browsers never put credentials on a preflight.",
    },
  };
}

function refusedByPolicy(
  shown: string,
  facts: readonly string[],
  said: string | undefined,
  what: string | undefined,
): Diagnosis {
  const place =
    what === undefined || what === "origin"
      ? "The page's origin is"
      : `The ${what} asked for ${what === "headers" ? "are" : "is"}`;
  return {
    code: "preflight-refused-by-policy",
    says: `the preflight is answered with ${shown}: the server's CORS policy refuses ${what === undefined ? "it" : `the ${what}`}`,
    facts: said === undefined ? facts : [...facts, `it says: ${printable(said, 80)}`],
    likely: { cause: `${place} not in the server's list.`, confidence: what === undefined ? "likely" : "certain" },
  };
}

function authentication(answer: WireAnswer, withSecrets: Sent | undefined): Likely {
  const status = withSecrets?.answer?.status;
  if (status !== undefined && status < 300) {
    return {
      cause: `Authentication runs before CORS: the same OPTIONS with your credentials is answered with ${status}.`,
      confidence: "certain",
    };
  }
  const challenged = headerValue(answer.headers, "www-authenticate") !== undefined;
  return {
    cause: `Authentication runs before CORS${challenged ? ": the answer asks for credentials (WWW-Authenticate)" : ""}.`,
    confidence: answer.status === 401 ? "likely" : "possible",
    settledBy: "The same OPTIONS with a valid token: if that gets a 2xx, it is so. Here: -H 'authorization: …'.",
  };
}

/** Why a preflight with a good status does not permit the request; undefined if it is about the origin. */
export function diagnosePermission({ code }: JudgedFailure, exchange: JudgedExchange): Diagnosis | undefined {
  if (/^(?:header-|invalid-allow-headers)/.test(code)) return headersRefused(code, exchange);
  return /^(?:method-|invalid-allow-methods)/.test(code) ? methodRefused(code, exchange) : undefined;
}

function headersRefused(code: FailureCode, exchange: JudgedExchange): Diagnosis {
  const missing = missingNames(exchange, "access-control-request-headers", "access-control-allow-headers");
  const names = missing.map((name) => printable(name, 60)).join(", ");
  const several = missing.length > 1;
  const list = listFact(exchange, "Access-Control-Allow-Headers");
  return {
    code,
    says: `the request header${several ? "s" : ""} ${names} ${several ? "are" : "is"} not in Access-Control-Allow-Headers${starNote(code)}`,
    facts: several ? [list, "browsers name only the first of them"] : [list],
    fix: { who: "server", what: `Add to Access-Control-Allow-Headers: ${names}. Or the page does not send it.` },
  };
}

function methodRefused(code: FailureCode, exchange: JudgedExchange): Diagnosis {
  const method = printable(headerValue(exchange.request.headers, "access-control-request-method") ?? "", 40);
  const facts = [listFact(exchange, "Access-Control-Allow-Methods")];
  if (code !== "method-case-mismatch") {
    const fix: Fix = { who: "server", what: `Add ${method} to Access-Control-Allow-Methods.` };
    return { code, says: `the method ${method} is not in Access-Control-Allow-Methods${starNote(code)}`, facts, fix };
  }
  return {
    code,
    says: `the page writes the method ${method}, and the server allows it in another case`,
    facts,
    fix: {
      who: "client",
      what: `Write ${method.toUpperCase()}. Browsers correct the case of DELETE, GET, HEAD, OPTIONS, POST and PUT only.`,
    },
  };
}

function listFact({ sent }: JudgedExchange, name: string): string {
  const list = headerValue(sent.answer?.headers ?? [], name);
  return list === undefined ? `no ${name}` : `${name}: ${printable(list, 200)}`;
}

function starNote(code: string): string {
  if (code.endsWith("wildcard-with-credentials")) return " (* does not count when credentials are included)";
  return code === "header-authorization-not-covered-by-wildcard" ? " (* does not cover it)" : "";
}

/** `401 Unauthorized`. */
export function statusOf({ status, statusText }: WireAnswer): string {
  return `${status} ${printable(statusText, 60)}`.trim();
}

/** Who wrote the answer, as a fact; nothing if nobody knows. */
export function byWhom(answer: WireAnswer): readonly string[] {
  const { name, evidence } = answeredBy(answer);
  if (name === "unknown") return [];
  return [`it was written by ${printable(name, 60)} (${evidence.map((line) => printable(line, 80)).join("; ")})`];
}

function allowOf({ headers }: WireAnswer): readonly string[] {
  const allow = headerValue(headers, "allow");
  return allow === undefined ? [] : [`Allow: ${printable(allow, 120)}`];
}
