import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result } from "sarif";
import type { FindingReport, ReportedFinding, ReportedRule } from "./finding-report.ts";
import { bySeverity, type Severity } from "./severity.ts";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317648 */
const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "warning",
  info: "note",
};

/** What code scanning sorts by, on the scale of CVSS: more than 0, up to 10. */
const scores: Readonly<Record<Severity, string | undefined>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
  info: undefined,
};

/** The report as a SARIF 2.1.0 log. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function toSarif({ command, subject, version, rules, findings }: FindingReport): string {
  const codes = rules.map(({ code }) => code);
  const log: Log = {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: `corsmith ${command}`,
            semanticVersion: version,
            rules: rules.map((rule) => descriptor(rule, findings)),
          },
        },
        // Code scanning keeps the results of one category apart from those of others.
        automationDetails: { id: `corsmith-${command}/${subject}/` },
        results: findings.map((finding) => result(finding, codes)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(
  { code, title, means, fix, section, cwe }: ReportedRule,
  findings: readonly ReportedFinding[],
): ReportingDescriptor {
  const [worst] = findings.filter((finding) => finding.code === code).toSorted(bySeverity);
  const score = worst && scores[worst.severity];
  return {
    id: code,
    name: code,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: means },
    help: { text: `${means}\n\nFix: ${fix}`, markdown: `${means}\n\n**Fix:** ${fix}` },
    ...(section === undefined ? {} : { helpUri: section }),
    properties: {
      tags: ["security", "cors", ...cwe.map((number) => `external/cwe/cwe-${number}`)],
      ...(score === undefined ? {} : { "security-severity": score }),
    },
  };
}

function result({ code, severity, says, fix, evidence, place }: ReportedFinding, codes: readonly string[]): Result {
  const { path, line = 1, column, name } = place;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: [says, `Fix: ${fix}`, ...evidence].join("\n") },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: path },
          region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
        },
        ...(name === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: name, kind: "resource" }] }),
      },
    ],
    // The same finding in two runs, though the words about it hold random names.
    partialFingerprints: { "corsmith/v1": fingerprint([code, path, name ?? "", String(line)]) },
    properties: { severity },
  };
}

function fingerprint(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
}
