import { type Engine, formatStep } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { getDomain } from "tldts";
import type { WireAnswer } from "../live/send.ts";
import { certificateFault } from "../live/unreached.ts";
import type { Warning } from "./check-finding.ts";
import type { CheckRequest } from "./check-request.ts";
import { statusOf } from "./diagnose-preflight.ts";
import type { Judgement } from "./judge.ts";
import { isLoopback, isNear } from "./near-host.ts";
import type { Probes } from "./probes.ts";
import {
  warnAboutErrors,
  warnAboutExposure,
  warnAboutMaxAge,
  warnAboutVary,
  warnAboutWildcards,
} from "./warn-about-headers.ts";
import { warnAboutOpenness } from "./warn-about-openness.ts";

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
    ...warnAboutVary(probes),
    ...warnAboutErrors(probes),
    ...disagreement(evidence),
    ...doubt(judgement),
    ...warnAboutWildcards(preflight),
    ...warnAboutMaxAge(evidence.maxAge, preflight),
    ...warnAboutExposure(judgement),
    ...cookies(request, judgement),
    ...(judgement.verdict === "unreached"
      ? []
      : [...warnAboutLocalNetwork(request), ...warnAboutMixedContent(request)]),
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
      says: `The preflight allows ${method}, but a GET of the same URL is answered ${answer === undefined ? "not at all" : `with ${statusOf(answer)} and would be refused`}: ${printable(formatStep(found.step), 200)} If ${method} is answered like that, the page can not read it.`,
      fix: "Send the CORS headers with the answers too, whatever their status. --send shows the real answer.",
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
function warnAboutLocalNetwork({ origin, url }: CheckRequest): readonly Warning[] {
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
function warnAboutMixedContent({ origin, url }: CheckRequest): readonly Warning[] {
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
