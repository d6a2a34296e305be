import { type HeaderList, redactUrl } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { curlLine } from "../check/curl-line.ts";
import { withPlaceholder } from "../check/secret-headers.ts";
import { corsLines } from "../check/sent-report.ts";
import { bySeverity } from "../reports/severity.ts";
import type { EvidenceItem, Finding } from "./audit-report.ts";
import type { Evidence } from "./evidence.ts";
import { entryOf } from "./finding-code.ts";
import { requestHeaders } from "./paced-line.ts";
import type { Answered } from "./probe.ts";
import { readersOf } from "./readers.ts";
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
