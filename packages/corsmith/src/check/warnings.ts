import { isLoopbackHost, isPrivateHost } from "@corsmith/cors";
import { formatStep } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { getDomain } from "tldts";
import { statusOf } from "../live/answered-by.ts";
import { certificateFault, certificateFix } from "../live/unreached.ts";
import { bySeverity } from "../reports/severity.ts";
import { type Evidence, misconfigured, type Warning, type WarningRule } from "./check-finding.ts";
import {
  warnAboutErrors,
  warnAboutExposure,
  warnAboutMaxAge,
  warnAboutVary,
  warnAboutWildcards,
} from "./warn-about-headers.ts";
import { warnAboutOpenness } from "./warn-about-openness.ts";

const warnAboutCertificate: WarningRule = ({ judgement: { exchanges } }) => {
  const [problem] = exchanges.flatMap(({ sent }) => sent.answer?.certificateProblem ?? []);
  if (problem === undefined) return undefined;
  return {
    code: "tls-failure",
    severity: "high",
    path: "certificate",
    value: problem,
    message: `The certificate ${certificateFault(problem) ?? `is not trusted (${problem})`}, and --insecure ignored that. A browser that does not trust it sends nothing, and the page sees the same "Failed to fetch" as for a CORS error.`,
    fix: certificateFix,
  };
};

const warnAboutDisagreement: WarningRule = ({ all }) => {
  const standard = all.find(({ engine }) => engine === "standard");
  const covered = all.some(({ engine, verdict }) => engine !== "standard" && verdict === "allowed");
  if (standard?.failure?.code !== "header-authorization-not-covered-by-wildcard" || !covered) return undefined;
  const message =
    "Authorization is allowed by Access-Control-Allow-Headers: * only. Today's browsers accept that; the standard does not.";
  return misconfigured("authorization-under-wildcard", "medium", "Access-Control-Allow-Headers", message, "*");
};

const warnAboutDoubt: WarningRule = ({ judgement: { doubt, exchanges } }) => {
  if (doubt === undefined) return undefined;
  const probe = exchanges.find(({ sent }) => sent.replaces !== undefined)?.sent;
  const method = probe?.replaces ?? "the request";
  const answered =
    probe?.answer === undefined ? "not answered" : `answered with ${statusOf(probe.answer)} and would be refused`;
  return {
    code: "preflight-actual-mismatch",
    severity: "medium",
    path: method,
    value: probe?.answer?.status ?? null,
    message: `The preflight allows ${method}, but a GET of the same URL is ${answered}: ${printable(formatStep(doubt.step), 200)} If ${method} is answered like that, the page cannot read it.`,
    fix: "Send the CORS headers with these responses too, whatever their status. --send shows the real response.",
  };
};

const warnAboutCookies: WarningRule = ({ request: { credentials, origin, url }, judgement: { verdict } }) => {
  if (!credentials || verdict !== "allowed" || origin === "null" || isSameSite(new URL(origin), new URL(url)))
    return undefined;
  return {
    code: "credentials-not-sent",
    severity: "info",
    path: "Cookie",
    value: null,
    message:
      "CORS allows cookies; whether there are any is another matter: across sites a browser sends only those with SameSite=None; Secure, and Safari and Firefox hold back third parties' altogether.",
    fix: "See in the Network tab whether the request has a Cookie header.",
  };
};

/** @see https://html.spec.whatwg.org/multipage/browsers.html#same-site */
function isSameSite(page: URL, api: URL): boolean {
  const site = ({ hostname }: URL): string => getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
  return page.protocol === api.protocol && site(page) === site(api);
}

/** An API near the user is special to browsers, whatever its headers say. */
const warnAboutPlace: WarningRule = ({ request: { origin, url }, judgement: { verdict } }) => {
  if (verdict === "unreached") return undefined;
  const { protocol, hostname } = new URL(url);
  const isNear = (host: string): boolean => isLoopbackHost(host) || isPrivateHost(host);
  const found = { severity: "info", path: "url", value: hostname } as const;
  const warnings: Warning[] = [];
  if (origin !== "null" && !isNear(new URL(origin).hostname) && isNear(hostname)) {
    warnings.push({
      ...found,
      code: "local-network-access-denied",
      message:
        "The API is on this machine or network, and the page is not: Chrome asks the user for permission first (Local Network Access), and no response header can grant it for them.",
      fix: "While developing, serve the page from localhost too.",
    });
  }
  // WebKit alone blocks plain http to the machine itself. A local server may stand for a live one, so this decides nothing.
  if (origin.startsWith("https:") && protocol === "http:" && isLoopbackHost(hostname)) {
    warnings.push({
      ...found,
      code: "mixed-content",
      message:
        "The page came over https and the API on this machine speaks plain http: Chrome and Firefox allow that, Safari blocks it as mixed content, whatever the headers. The verdict leaves this out.",
      fix: "For Safari, serve the page over http too while developing, or the API over https.",
    });
  }
  return warnings;
};

/** In the order in which they are reported, among those of one severity. */
const rules: readonly WarningRule[] = [
  ({ request, preflight, probes }) => warnAboutOpenness(request, preflight, probes),
  warnAboutCertificate,
  warnAboutVary,
  warnAboutErrors,
  warnAboutDisagreement,
  warnAboutDoubt,
  warnAboutWildcards,
  warnAboutMaxAge,
  warnAboutExposure,
  warnAboutCookies,
  warnAboutPlace,
];

/** Everything worth saying beside the verdict, the worst first. */
export function warningsOf(evidence: Evidence): readonly Warning[] {
  return rules.flatMap((rule) => rule(evidence) ?? []).toSorted(bySeverity);
}
