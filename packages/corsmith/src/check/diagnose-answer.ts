import { redactUrl } from "@corsmith/cors/browser";
import type { ExplanationCode } from "@corsmith/cors/explain";
import { printable } from "@corsmith/cors/observe";
import { answeredBy } from "../live/answered-by.ts";
import { headerMembers, headerValue } from "../live/headers.ts";
import type { WireAnswer } from "../live/send.ts";
import type { Diagnosis, Likely } from "./check-finding.ts";
import { classifyRedirect } from "./classify-redirect.ts";
import { byWhom, statusOf } from "./diagnose-preflight.ts";
import type { JudgedExchange } from "./judge.ts";
import type { Probes } from "./probes.ts";

const allowOrigin = "Access-Control-Allow-Origin";

/** What an answer without `Access-Control-Allow-Origin` is, by its status: most of them are no matter of CORS at all. */
const byStatus: readonly (readonly [from: number, to: number, code: ExplanationCode, says: string])[] = [
  [401, 401, "auth-error-without-cors", "the request is not authenticated"],
  [403, 403, "auth-error-without-cors", "the request is forbidden"],
  [404, 404, "not-found-without-cors", "there is nothing at this URL"],
  [413, 413, "body-too-large-413", "the body is too large"],
  [429, 429, "rate-limited-429", "there were too many requests"],
  [502, 504, "gateway-error-without-cors", "the proxy has no answer from the API behind it"],
  [500, 599, "error-response-without-cors", "the server broke"],
];

/** Why an answer is refused that has no `Access-Control-Allow-Origin`. */
export function diagnoseMissingAllowOrigin(
  exchange: JudgedExchange,
  answer: WireAnswer,
  before: JudgedExchange | undefined,
  probes: Probes,
): Diagnosis {
  const shown = statusOf(answer);
  const facts = [`${exchange.request.method} was answered with ${shown}`, `no ${allowOrigin}`, ...byWhom(answer)];
  const fromLogin = before === undefined ? undefined : loginRedirect(before, exchange);
  if (fromLogin !== undefined) return { ...fromLogin, facts: [...fromLogin.facts, ...facts] };
  const location = headerValue(answer.headers, "location");
  if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
    return redirectWithout(exchange, answer, location, facts);
  }
  const challenge = /cf-chl|challenge-platform|_Incapsula_|captcha/i.test(answer.bodyStart);
  if (challenge) {
    return { code: "waf-challenge", says: `the answer (${shown}) is a bot check, not the API's`, facts };
  }
  const row = byStatus.find(([from, to]) => answer.status >= from && answer.status <= to);
  if (row === undefined) return withoutPolicy(exchange, answer, facts, probes);
  const [, , code, says] = row;
  return {
    code,
    says: `the answer is ${shown}, and such answers come without ${allowOrigin}`,
    facts,
    likely: causeOfError(says, answer, probes),
    fix: {
      who: answeredBy(answer).layer === "proxy" ? "proxy" : "server",
      what: `First find out why the status is ${answer.status}: ${says}. Then send the CORS headers with errors too${answeredBy(answer).name === "nginx" ? ": add_header … always" : ""}, so that the page can read them.`,
    },
  };
}

function causeOfError(says: string, answer: WireAnswer, probes: Probes): Likely {
  const root = probes.rootPath?.answer;
  const rootHas = root !== undefined && headerValue(root.headers, allowOrigin) !== undefined;
  const { name } = answeredBy(answer);
  const always = name === "nginx" ? " nginx drops add_header on errors unless it says always." : "";
  if (rootHas && root.status < 400) {
    return {
      cause: `Only errors lack the header: / is answered with ${statusOf(root)} and has it.${always}`,
      confidence: "certain",
    };
  }
  return {
    cause: `This is no matter of CORS first: ${says}. The layer that wrote the error adds no CORS headers.${always}`,
    confidence: "likely",
  };
}

function withoutPolicy(
  exchange: JudgedExchange,
  answer: WireAnswer,
  facts: readonly string[],
  probes: Probes,
): Diagnosis {
  const where = exchange.kind === "preflight" ? "the preflight's answer" : "the answer";
  const code = exchange.kind === "preflight" ? "preflight-missing-allow-origin" : "missing-allow-origin";
  const varies = headerMembers(answer.headers, "vary").some((name) => name.toLowerCase() === "origin");
  const others = answer.headers.filter(([name]) => /^access-control-allow-/i.test(name));
  const knows = varies || others.length > 0;
  const look = exchange.kind === "preflight" ? probes.base?.answer : undefined;
  const lookHas = look !== undefined && headerValue(look.headers, allowOrigin) !== undefined;
  return {
    code: knows ? "origin-not-in-allowlist" : code,
    says: `${where} (${statusOf(answer)}) has no ${allowOrigin}`,
    facts: [
      ...facts,
      ...(varies ? ["Vary: Origin"] : []),
      ...others.map(([name, value]) => `${name}: ${printable(value, 120)}`),
    ],
    likely: likelyCause(knows, lookHas, exchange),
  };
}

function likelyCause(knows: boolean, lookHas: boolean, { request }: JudgedExchange): Likely {
  const origin = headerValue(request.headers, "origin") ?? "";
  if (knows) {
    return {
      cause: `The server has a CORS policy, and ${origin} is not in its list.`,
      confidence: "likely",
      settledBy: "The server's list: compare it byte for byte with the page's location.origin.",
    };
  }
  if (lookHas) return { cause: "CORS is set up for requests, and not for OPTIONS.", confidence: "certain" };
  return {
    cause: "CORS is not set up for this URL, or its middleware says nothing to origins that it does not know.",
    confidence: "possible",
    settledBy: "The server's own log or configuration for this path.",
  };
}

/** Did a redirect bring the browser to a login page? Then the session is the matter. */
function loginRedirect(before: JudgedExchange, exchange: JudgedExchange): Diagnosis | undefined {
  const location = headerValue(before.sent.answer?.headers ?? [], "location");
  if (location === undefined) return undefined;
  const { kind, says, target } = classifyRedirect(before.request.url, location);
  if (kind !== "login") return undefined;
  return {
    code: "redirect-to-login",
    says: `the server redirects ${says}: it sees no session, and the login page has no ${allowOrigin}`,
    facts: [
      `${before.request.method} ${printable(redactUrl(before.request.url), 120)} was redirected to ${printable(target, 160)}`,
    ],
    likely: {
      cause: `No session came along with ${exchange.request.method}, so the server wants the user to log in.`,
      confidence: "likely",
    },
    fix: {
      who: "server",
      what: "Answer 401 instead of a redirect to requests that are no page views. The page then sends the user to the login.",
    },
  };
}

function redirectWithout(
  { request }: JudgedExchange,
  answer: WireAnswer,
  location: string,
  facts: readonly string[],
): Diagnosis {
  const { kind, target, says } = classifyRedirect(request.url, location);
  return {
    code: kind === "login" ? "redirect-to-login" : "redirect-blocked",
    says: `the answer is a redirect (${answer.status} ${says}) without ${allowOrigin}, so browsers do not follow it`,
    facts: [...facts, `Location: ${printable(target, 160)}`],
    fix:
      kind === "login"
        ? {
            who: "server",
            what: "Answer 401 instead of a redirect to requests that are no page views. The page then sends the user to the login.",
          }
        : {
            who: "client",
            what: `Call ${printable(target, 160)} itself; or the server sends the CORS headers with the redirect too.`,
          },
  };
}
