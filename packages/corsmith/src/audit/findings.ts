import { type Engine, type HeaderList, openPage, redactUrl } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { corsLines } from "../check/sent-report.ts";
import { curlLine } from "../live/curl-line.ts";
import { allowsCredentials, withPlaceholder } from "../live/headers.ts";
import { requestHeaders } from "../live/paced-client.ts";
import { bySeverity } from "../reports/severity.ts";
import type { EvidenceItem, Finding } from "./audit-report.ts";
import type { Evidence } from "./evidence.ts";
import { entryOf } from "./finding-code.ts";
import type { Answered } from "./probes/probe.ts";
import { rules } from "./rules/rules.ts";
import { byCause, type Caused } from "./same-cause.ts";

const mostEvidence = 3;
const longestText = 400;

/** Lets every rule look, puts claims to the browsers, and writes down what is left, the worst first. */
export async function findingsOf(evidence: Evidence, own: HeaderList, insecure: boolean): Promise<readonly Finding[]> {
  const observations = byCause(rules.flatMap((rule) => rule(evidence)));
  const findings = await Promise.all(observations.map((observation) => written(observation, own, insecure)));
  return findings.toSorted(bySeverity);
}

async function written(observation: Caused, own: HeaderList, insecure: boolean): Promise<Finding> {
  const { code, severity, says, seen, readable, sameCause } = observation;
  const { title, means, who, fix, section, cwe } = entryOf(code);
  const readableIn = readable === undefined ? undefined : await readersOf(readable);
  return {
    code,
    // What no browser lets a page read is no way in, whatever the headers look like.
    severity: readableIn?.length === 0 ? "info" : severity,
    title,
    says: printable(says, longestText),
    means,
    fix: { who, what: fix },
    section,
    cwe,
    ...(readableIn && { readableIn }),
    sameCause,
    evidence: seen.slice(0, mostEvidence).map((asked) => evidenceItem(asked, own, insecure)),
  };
}

function evidenceItem(asked: Answered, own: HeaderList, insecure: boolean): EvidenceItem {
  const headers = requestHeaders(asked, own.map(withPlaceholder));
  return {
    curl: curlLine(asked.method, redactUrl(asked.url), headers, { insecure }),
    status: asked.answer.status,
    headers: corsLines(asked.answer),
  };
}

const browsers: readonly Engine[] = ["chromium", "firefox", "webkit"];

/**
 * In which browsers a page of the probe's origin reads this answer, with cookies if the answer allows credentials. Undefined if that cannot
 * be told: what a redirect leads to was not asked.
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
