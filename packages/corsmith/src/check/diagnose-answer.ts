import { redactUrl } from "@corsmith/cors/browser";
import type { ExplanationCode } from "@corsmith/cors/explain";
import { printable } from "@corsmith/cors/observe";
import { answeredBy, statusOf } from "../live/answered-by.ts";
import { allowOrigin, headerMembers, headerValue } from "../live/headers.ts";
import type { LiveAnswer } from "../live/send.ts";
import type { Cause, Likely } from "./check-finding.ts";
import { classifyRedirect } from "./classify-redirect.ts";
import { byWhom } from "./diagnose-preflight.ts";
import type { JudgedExchange } from "./judge.ts";
import type { Probes } from "./probes.ts";

const header = "Access-Control-Allow-Origin";

/** What an answer without `Access-Control-Allow-Origin` is, by its status: most of them are no matter of CORS at all. */
const byStatus: readonly (readonly [from: number, to: number, code: ExplanationCode, says: string])[] = [
  [401, 401, "auth-error-without-cors", "the request is not authenticated"],
  [403, 403, "auth-error-without-cors", "the request is forbidden"],
  [404, 404, "not-found-without-cors", "there is nothing at this URL"],
  [413, 413, "body-too-large-413", "the body is too large"],
  [429, 429, "rate-limited-429", "there were too many requests"],
  [502, 504, "gateway-error-without-cors", "the proxy got no response from the API behind it"],
  [500, 599, "error-response-without-cors", "the server broke"],
];

/** Why an answer is refused that has no `Access-Control-Allow-Origin`. */
export function diagnoseMissingAllowOrigin(
  exchange: JudgedExchange,
  answer: LiveAnswer,
  before: JudgedExchange | undefined,
  probes: Probes,
): Cause {
  const { status } = answer;
  const shown = statusOf(answer);
  const facts = [`${exchange.request.method} was answered with ${shown}`, `no ${header}`, ...byWhom(answer)];
  const fromLogin = before && loginRedirect(before, exchange);
  if (fromLogin !== undefined) return { ...fromLogin, facts: [...fromLogin.facts, ...facts] };
  const location = headerValue(answer.headers, "location");
  if (status >= 300 && status < 400 && location !== undefined)
    return redirected(exchange.request.url, answer, location, facts);
  if (/cf-chl|challenge-platform|_Incapsula_|captcha/i.test(answer.bodyStart)) {
    return { code: "waf-challenge", message: `the response (${shown}) is a bot check, not the API's`, facts };
  }
  const row = byStatus.find(([from, to]) => status >= from && status <= to);
  if (row === undefined) return withoutPolicy(exchange, answer, facts, probes);
  const [, , code, says] = row;
  const { name, layer } = answeredBy(answer);
  return {
    code,
    message: `the response is ${shown}, and such responses come without ${header}`,
    facts,
    likely: causeOfError(says, name, probes),
    who: layer === "proxy" ? "proxy" : "server",
    fix: `First find out why the status is ${status}: ${says}. Then send the CORS headers with errors too${name === "nginx" ? ": add_header … always" : ""}, so that the page can read them.`,
  };
}

function causeOfError(says: string, author: string, { rootPath }: Probes): Likely {
  const root = rootPath?.answer;
  const always = author === "nginx" ? " nginx drops add_header on errors unless it says always." : "";
  if (root !== undefined && allowOrigin(root) !== undefined && root.status < 400) {
    const cause = `Only errors lack the header: / is answered with ${statusOf(root)} and has it.${always}`;
    return { cause, confidence: "certain" };
  }
  const cause = `The first cause is not CORS: ${says}. The layer that wrote the error adds no CORS headers.${always}`;
  return { cause, confidence: "likely" };
}

function withoutPolicy(exchange: JudgedExchange, answer: LiveAnswer, facts: readonly string[], probes: Probes): Cause {
  const isPreflight = exchange.kind === "preflight";
  const varies = headerMembers(answer.headers, "vary").some((name) => name.toLowerCase() === "origin");
  const others = answer.headers.filter(([name]) => /^access-control-allow-/i.test(name));
  const hasPolicy = varies || others.length > 0;
  const hasHeaderOnGet = isPreflight && allowOrigin(probes.base?.answer) !== undefined;
  const code = isPreflight ? "preflight-missing-allow-origin" : "missing-allow-origin";
  return {
    code: hasPolicy ? "origin-not-in-allowlist" : code,
    message: `the ${isPreflight ? "preflight " : ""}response (${statusOf(answer)}) has no ${header}`,
    facts: [
      ...facts,
      ...(varies ? ["Vary: Origin"] : []),
      ...others.map(([name, value]) => `${name}: ${printable(value, 120)}`),
    ],
    likely: likelyCause(hasPolicy, hasHeaderOnGet, headerValue(exchange.request.headers, "origin") ?? ""),
  };
}

function likelyCause(hasPolicy: boolean, hasHeaderOnGet: boolean, origin: string): Likely {
  if (hasPolicy) {
    const settledBy = "compare the server's list byte for byte with the page's location.origin.";
    return {
      cause: `The server has a CORS policy, and ${origin} is not in its list.`,
      confidence: "likely",
      settledBy,
    };
  }
  if (hasHeaderOnGet) return { cause: "CORS is set up for requests, and not for OPTIONS.", confidence: "certain" };
  return {
    cause: "CORS is not set up for this URL, or its middleware says nothing to origins that it does not know.",
    confidence: "possible",
    settledBy: "look at the server's own log or configuration for this path.",
  };
}

/** Did a redirect bring the browser to a login page? Then the session is the matter. */
function loginRedirect(before: JudgedExchange, { request }: JudgedExchange): Cause | undefined {
  const location = headerValue(before.sent.answer?.headers ?? [], "location");
  if (location === undefined) return undefined;
  const { kind, says, target } = classifyRedirect(before.request.url, location);
  if (kind !== "login") return undefined;
  const from = printable(redactUrl(before.request.url), 120);
  const cause = `No session came along with ${request.method}, so the server wants the user to log in.`;
  return {
    code: "redirect-to-login",
    message: `the server redirects ${says}: it sees no session, and the login page has no ${header}`,
    facts: [`${before.request.method} ${from} was redirected to ${printable(target, 160)}`],
    likely: { cause, confidence: "likely" },
  };
}

function redirected(url: string, { status }: LiveAnswer, location: string, facts: readonly string[]): Cause {
  const { kind, target, says } = classifyRedirect(url, location);
  const shown = printable(target, 160);
  const fix = `Call ${shown} itself; or the server sends the CORS headers with the redirect too.`;
  return {
    code: kind === "login" ? "redirect-to-login" : "redirect-blocked",
    message: `the response is a redirect (${status} ${says}) without ${header}, so browsers do not follow it`,
    facts: [...facts, `Location: ${shown}`],
    ...(kind === "login" ? {} : { who: "client", fix }),
  };
}
