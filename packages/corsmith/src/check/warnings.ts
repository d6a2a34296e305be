import type { Engine } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { getDomain } from "tldts";
import type { CheckRequest } from "./check-request.ts";
import { allowOrigin, variesOnOrigin } from "./cors-fields.ts";
import { statusOf } from "./diagnose-preflight.ts";
import { headerMembers, headerValue } from "./header-lines.ts";
import type { Judgement } from "./judge.ts";
import { isLoopback, isNear } from "./near-host.ts";
import type { Probes } from "./probes.ts";
import { certificateFault } from "./unreached.ts";
import { warnAboutOpenness } from "./warn-about-openness.ts";
import type { Warning } from "./warning.ts";
import type { WireAnswer } from "./wire.ts";

/** What warnings are drawn from. */
export interface Evidence {
  readonly request: CheckRequest;
  /** The one whose steps are told. */
  readonly judgement: Judgement;
  readonly all: readonly Judgement[];
  readonly probes: Probes;
  readonly maxAge: Readonly<Partial<Record<Engine, number>>>;
}

const ranks = ["critical", "high", "medium", "low", "info"];

/** Everything worth saying beside the verdict, the worst first. */
export function warningsOf(evidence: Evidence): readonly Warning[] {
  const { request, judgement, probes } = evidence;
  const preflight = preflightOf(judgement);
  const found = [
    ...warnAboutOpenness(request, preflight, probes),
    ...certificate(judgement),
    ...vary(probes),
    ...errors(probes),
    ...disagreement(evidence),
    ...doubt(judgement),
    ...wildcardTokens(preflight),
    ...maxAge(evidence, preflight),
    ...exposure(judgement),
    ...cookies(request, judgement),
    ...(judgement.verdict === "unreached" ? [] : [...localNetwork(request), ...mixedLoopback(request)]),
  ];
  return found.toSorted((a, b) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity));
}

function preflightOf({ exchanges }: Judgement): WireAnswer | undefined {
  return exchanges.find(({ kind }) => kind === "preflight")?.sent.answer;
}

function certificate({ exchanges }: Judgement): readonly Warning[] {
  const problem = exchanges.find(({ sent }) => sent.answer?.certificateProblem !== undefined)?.sent.answer
    ?.certificateProblem;
  if (problem === undefined) return [];
  return [
    {
      id: "tls-failure",
      severity: "high",
      says: `The certificate ${certificateFault(problem) ?? `is not trusted (${problem})`}, and --insecure passed over it. A browser that was not told to trust it sends nothing, and the page sees the same "Failed to fetch" as for a CORS error.`,
      fix: "Give the server a certificate that browsers trust; on your own machine, make one with mkcert.",
    },
  ];
}

function vary({ base, withoutOrigin, otherOrigin }: Probes): readonly Warning[] {
  if (base?.answer === undefined || allowOrigin(base.answer) === undefined || allowOrigin(base.answer) === "*")
    return [];
  const others = [withoutOrigin?.answer, otherOrigin?.answer].filter((answer) => answer !== undefined);
  const differs = others.some((answer) => allowOrigin(answer) !== allowOrigin(base.answer));
  const lacking = [base.answer, ...others].filter((answer) => !variesOnOrigin(answer));
  if (!differs || lacking.length === 0) return [];
  const which = variesOnOrigin(base.answer) ? "answers to other origins, or to none, have" : "the answers have";
  return [
    {
      id: "missing-vary-dynamic",
      severity: "medium",
      says: `Access-Control-Allow-Origin depends on the origin, and ${which} no Vary: Origin. A cache may hand one page the answer made for another.`,
      fix: "Send Vary: Origin with every answer of this URL, allowed or not.",
    },
  ];
}

function errors({ base, missingPath }: Probes): readonly Warning[] {
  const answer = missingPath?.answer;
  if (answer === undefined || answer.status < 400 || allowOrigin(answer) !== undefined) return [];
  if (base?.answer === undefined || allowOrigin(base.answer) === undefined) return [];
  return [
    {
      id: "error-response-without-cors",
      severity: "medium",
      says: `Errors lack the CORS headers: a path that is not there is answered with ${statusOf(answer)} and without Access-Control-Allow-Origin. The page will see "Failed to fetch" instead of the status.`,
      fix: "Set the CORS headers on every status, in the outermost layer. In nginx: add_header … always.",
    },
  ];
}

function disagreement({ all }: Evidence): readonly Warning[] {
  const standard = all.find(({ engine }) => engine === "standard");
  const covered = all.some(({ engine, verdict }) => engine !== "standard" && verdict === "allowed");
  if (standard?.failure?.code !== "header-authorization-not-covered-by-wildcard" || !covered) return [];
  return [
    {
      id: "authorization-under-wildcard",
      severity: "medium",
      says: "Authorization is allowed by Access-Control-Allow-Headers: * only. Today's browsers let that pass; the standard does not.",
      fix: "Name it: Access-Control-Allow-Headers: *, authorization.",
    },
  ];
}

function doubt({ doubt: found, exchanges }: Judgement): readonly Warning[] {
  if (found === undefined) return [];
  const looked = exchanges.find(({ sent }) => sent.insteadOf !== undefined)?.sent;
  const answer = looked?.answer;
  const method = looked?.insteadOf ?? "the request";
  return [
    {
      id: "preflight-actual-mismatch",
      severity: "medium",
      says: `The preflight allows ${method}, but a GET of the same URL is answered ${answer === undefined ? "not at all" : `with ${statusOf(answer)} and would be refused`}: ${printable(found.step.message, 200)} If ${method} is answered like that, the page can not read it.`,
      fix: "Send the CORS headers with the answers too, whatever their status. --send shows the real answer.",
    },
  ];
}

function wildcardTokens(preflight: WireAnswer | undefined): readonly Warning[] {
  if (preflight === undefined || headerValue(preflight.headers, "access-control-allow-credentials") !== "true")
    return [];
  const names = ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers"];
  const starred = names.filter((name) => headerMembers(preflight.headers, name).includes("*"));
  if (starred.length === 0) return [];
  return [
    {
      id: "wildcard-token-with-credentials",
      severity: "medium",
      says: `${starred.join(" and ")}: *, and * means nothing there when credentials are included.`,
      fix: "Name what is allowed.",
    },
  ];
}

function maxAge({ maxAge: seconds }: Evidence, preflight: WireAnswer | undefined): readonly Warning[] {
  if (preflight === undefined || preflight.status > 299) return [];
  const value = headerValue(preflight.headers, "access-control-max-age");
  if (value === undefined || value === "0") {
    return [
      {
        id: "max-age-missing",
        severity: "info",
        says:
          value === "0"
            ? "Access-Control-Max-Age: 0: every request is preceded by a preflight."
            : "There is no Access-Control-Max-Age, so browsers keep the preflight's answer for 5 s only.",
        fix: "Access-Control-Max-Age: 600 counts in every browser.",
      },
    ];
  }
  const { chromium, firefox, webkit } = seconds;
  const counted = [`${chromium} s in Chrome`, `${firefox} s in Firefox`, `${webkit} s in Safari`].join(", ");
  if (/^\d+$/.test(value) && Number(value) > 86_400) {
    return [
      {
        id: "max-age-excessive",
        severity: "info",
        says: `Access-Control-Max-Age: ${printable(value, 20)} counts as ${counted}.`,
        fix: "7200 says what most browsers do.",
      },
    ];
  }
  return [];
}

/** Headers that the server sends and that no script sees. Those that every server sends are not missed. */
function exposure({ trace, exchanges, basis }: Judgement): readonly Warning[] {
  const response = exchanges.at(-1)?.response;
  if (trace.outcome !== "ok" || trace.response.type !== "cors" || response === undefined || basis === "preflight")
    return [];
  const visible = new Set(trace.response.headers.map(([name]) => name));
  const common =
    /^(?:access-control-|sec-|cf-|x-amz|set-cookie)|^(?:allow|alt-svc|accept-ranges|age|connection|content-\w+|cross-origin-.*|date|etag|keep-alive|nel|permissions-policy|pragma|referrer-policy|report-to|server|server-timing|strict-transport-security|transfer-encoding|vary|via|x-content-type-options|x-frame-options|x-powered-by|x-xss-protection)$/;
  const names = [...new Set(response.headers.map(([name]) => name.toLowerCase()))];
  const hidden = names.filter((name) => !visible.has(name) && !common.test(name));
  if (hidden.length === 0) return [];
  const list = hidden
    .map((name) => printable(name, 40))
    .slice(0, 12)
    .join(", ");
  return [
    {
      id: "response-header-not-exposed",
      severity: "info",
      says: `Scripts can not read these headers of the answer: ${list}.`,
      fix: `If the page needs one: Access-Control-Expose-Headers: ${list}.`,
    },
  ];
}

function cookies({ credentials, origin, url }: CheckRequest, { verdict }: Judgement): readonly Warning[] {
  if (!credentials || verdict !== "allowed" || origin === "null") return [];
  if (isSameSite(new URL(origin), new URL(url))) return [];
  return [
    {
      id: "credentials-not-sent",
      severity: "info",
      says: "CORS lets cookies in; whether there are any is another matter: across sites a browser sends only those with SameSite=None; Secure, and Safari and Firefox hold back third parties' altogether.",
      fix: "See in the Network tab whether the request has a Cookie header.",
    },
  ];
}

/** @see https://html.spec.whatwg.org/multipage/browsers.html#same-site */
function isSameSite(page: URL, api: URL): boolean {
  const site = ({ hostname }: URL): string => getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
  return page.protocol === api.protocol && site(page) === site(api);
}

/** A page of the open web that asks a machine near the user: a permission comes before any header. */
function localNetwork({ origin, url }: CheckRequest): readonly Warning[] {
  if (origin === "null" || isNear(new URL(origin).hostname) || !isNear(new URL(url).hostname)) return [];
  return [
    {
      id: "local-network-access-denied",
      severity: "info",
      says: "The API is on this machine or network, and the page is not: Chrome asks the user for permission first (Local Network Access), and no header answers for them.",
      fix: "While developing, serve the page from localhost too.",
    },
  ];
}

/** WebKit alone holds plain http to the machine itself for mixed content, too. A local server may stand for a live one, so this decides nothing. */
function mixedLoopback({ origin, url }: CheckRequest): readonly Warning[] {
  const { protocol, hostname } = new URL(url);
  if (!origin.startsWith("https:") || protocol !== "http:" || !isLoopback(hostname)) return [];
  return [
    {
      id: "mixed-content",
      severity: "info",
      says: "The page came over https and the API on this machine speaks plain http: Chrome and Firefox allow that, Safari blocks it as mixed content, whatever the headers. The verdict leaves this out.",
      fix: "For Safari, serve the page over http too while developing, or the API over https.",
    },
  ];
}
