import { redactUrl } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { headerValue } from "../live/headers.ts";
import { whyUnreached } from "../live/unreached.ts";
import { type MisconfigurationCode, misconfigurationCodes } from "../misconfigurations/catalogue.ts";
import { severities } from "../reports/severity.ts";
import type { AuditFinding } from "./audit-report.ts";
import { allows, type Evidence } from "./evidence.ts";
import { lookalikeCodes, sharedCodes } from "./probes/origin-variant.ts";

/** How many there are, and how bad; what is only worth knowing is left out. */
export function findingsHeadline(findings: readonly AuditFinding[]): string {
  const counts = severities
    .filter((severity) => severity !== "info")
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return `${total} finding${total === 1 ? "" : "s"}: ${counts.map(([severity, count]) => `${count} ${severity}`).join(", ")}.`;
}

/** Nothing to fix, and which pages the API allows: "clean" alone does not say what was clean. */
export function cleanHeadline(evidence: Evidence, findings: readonly AuditFinding[]): string {
  const worth =
    findings.length === 0 ? "" : ` ${findings.length === 1 ? "One thing is" : "A few things are"} worth knowing.`;
  return `Clean: ${whom(evidence)}${worth}`;
}

function whom(evidence: Evidence): string {
  switch (evidence.openness) {
    case "everybody":
      return "every page may read, and none with credentials.";
    case "whoever-asks":
      return "every page may read.";
    case "selective":
      return evidence.all("known").some(allows)
        ? "pages that you named may read, and no unknown origin was allowed."
        : "no page of another origin was allowed.";
  }
}

/** What the audit could not see, and what would let it. @param error why the server was left alone, if it was */
export function notesOf(evidence: Evidence, error: unknown): readonly string[] {
  const { target, origins } = evidence;
  const base = evidence.first("without-origin")?.answer;
  const location = base && headerValue(base.headers, "location");
  const isRedirect = base !== undefined && base.status >= 300 && base.status < 400 && location !== undefined;
  const notes = evidence
    .all("known")
    .filter((asked) => !allows(asked))
    .map(
      ({ origin, answer: { status } }) =>
        `${origin} is not allowed (${status}). corsmith check ${redactUrl(target.url)} --origin ${origin} says why.`,
    );
  if (origins.length === 0 && evidence.openness === "selective")
    notes.push(
      "Which pages are allowed is not known, so only unknown origins were tried. --origin https://app.example.com names one.",
    );
  if (isRedirect) notes.push(`The URL leads elsewhere, to ${printable(redactUrl(location), 200)}: audit that one too.`);
  if (base !== undefined && [401, 403].includes(base.status))
    notes.push(
      `The responses are ${base.status}. With -H 'authorization: …' or -H 'cookie: …' those of a user who is logged in are judged.`,
    );
  if (error !== undefined) notes.push(`The audit stopped early: ${whyUnreached(target.url, error).message}`);
  return notes;
}

/** Seen only where a page is allowed. */
const ofAllowed: ReadonlySet<MisconfigurationCode> = new Set([
  "wildcard-token-with-credentials",
  "authorization-under-wildcard",
  "methods-over-permissive",
  "headers-reflected",
  "expose-sensitive",
  "missing-vary-preflight",
  "error-response-without-cors",
  "path-normalisation-gap",
]);
/** Seen only by preflights of pages that are meant to be allowed. */
const ofPreflight: ReadonlySet<MisconfigurationCode> = new Set([
  "max-age-excessive",
  "max-age-missing",
  "preflight-bad-status",
  "preflight-needs-auth",
  "preflight-actual-mismatch",
]);
const ofVariants: ReadonlySet<MisconfigurationCode> = new Set([...lookalikeCodes, ...sharedCodes]);

/** The codes that these answers could have shown. */
export function judgedCodes(evidence: Evidence): readonly MisconfigurationCode[] {
  const variants = new Set<MisconfigurationCode | undefined>(evidence.all("variant").map(({ variant }) => variant));
  // Where every page is allowed, no lookalikes were asked as.
  const asksVariants = variants.size > 0;
  const hasAllowed = (evidence.allowed ?? evidence.preflights.find(allows)) !== undefined;
  const hasPreflight = evidence.preflights.length > 0;
  return misconfigurationCodes.filter((code) => {
    if (ofVariants.has(code)) return !asksVariants || variants.has(code);
    if (ofAllowed.has(code)) return hasAllowed;
    if (ofPreflight.has(code)) return hasPreflight;
    if (code === "cached-acao") return evidence.first("cache-second") !== undefined;
    if (code === "duplicate-origin-header") return evidence.first("two-origins") !== undefined;
    if (code === "origin-as-authorization") return evidence.origins.length > 0;
    return code !== "host-not-validated" || evidence.first("foreign-host") !== undefined;
  });
}
