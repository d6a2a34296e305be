import { type Engine, openPage, redactUrl } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { curlLine } from "../live/curl-line.ts";
import { allowOrigin, allowsCredentials, corsLines, withPlaceholder } from "../live/headers.ts";
import { withOwnHeaders } from "../live/paced-client.ts";
import { misconfigurationOf } from "../misconfigurations/catalogue.ts";
import { bySeverity } from "../reports/severity.ts";
import type { AuditFinding, AuditRequest, EvidenceItem } from "./audit-report.ts";
import type { Evidence } from "./evidence.ts";
import type { Answered } from "./probes/probe.ts";
import { originRules } from "./rules/allowed-origins.ts";
import { bypassRules } from "./rules/bypasses.ts";
import { grantRules } from "./rules/grants.ts";
import { headerRules } from "./rules/headers.ts";
import { byCause, type Caused } from "./same-cause.ts";

const rules = [...originRules, ...headerRules, ...grantRules, ...bypassRules];
const maxEvidence = 3;
const maxTextLength = 400;

/** Runs every rule, puts claims to the browsers, and writes down what is left, the worst first. */
export async function findingsOf(
  evidence: Evidence,
  request: AuditRequest,
  insecure: boolean,
): Promise<readonly AuditFinding[]> {
  const observations = byCause(rules.flatMap((rule) => rule(evidence) ?? []));
  const findings = await Promise.all(observations.map((observation) => toFinding(observation, request, insecure)));
  return findings.toSorted(bySeverity);
}

async function toFinding(
  { code, severity, message, seen, readable, sameCause }: Caused,
  request: AuditRequest,
  insecure: boolean,
): Promise<AuditFinding> {
  const { title, means, who, fix, section, cwe } = misconfigurationOf(code);
  const readableIn = readable && (await readersOf(readable));
  const shown = printable(message, maxTextLength);
  return {
    code,
    // What no browser lets a page read gives nothing away, whatever the headers look like.
    severity: readableIn?.length === 0 ? "info" : severity,
    path: redactUrl(request.url),
    value: allowOrigin(seen[0]?.answer) ?? null,
    message: shown,
    fix,
    who,
    title,
    says: shown,
    means,
    section,
    cwe,
    ...(readableIn && { readableIn }),
    sameCause,
    evidence: seen.slice(0, maxEvidence).map((asked) => evidenceItem(asked, request, insecure)),
  };
}

function evidenceItem(asked: Answered, request: AuditRequest, insecure: boolean): EvidenceItem {
  const headers = withOwnHeaders(asked, request.headers.map(withPlaceholder));
  return {
    curl: curlLine(asked.method, redactUrl(asked.url), headers, { insecure }),
    status: asked.answer.status,
    headers: corsLines(asked.answer),
  };
}

const browsers: readonly Engine[] = ["chromium", "firefox", "webkit"];

/**
 * In which browsers a page of the probe's origin reads this answer, with cookies if the answer allows credentials. Undefined if that cannot
 * be said: where a redirect leads was not asked.
 */
async function readersOf(asked: Answered): Promise<readonly Engine[] | undefined> {
  const { answer, origin } = asked;
  if (origin === undefined || (answer.status >= 300 && answer.status < 400)) return undefined;
  const { status, statusText, headers } = answer;
  // A local server may stand for a live one, so plain http decides nothing here: mixed content is left out.
  const url = asked.url.replace(/^http:/, "https:");
  const reading: Engine[] = [];
  for (const engine of browsers) {
    const page = openPage({ origin, engine, transport: async () => ({ status, statusText, headers }) });
    const trace = await page.trace(url, { credentials: allowsCredentials(answer) ? "include" : "omit" });
    if (trace.outcome === "ok" && trace.response.type === "cors") reading.push(engine);
  }
  return reading;
}
