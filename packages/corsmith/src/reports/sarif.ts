import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { type FindingReport, type ReportedFinding, type ReportedRule, textOf } from "./finding-report.ts";
import { bySeverity, grades } from "./severity.ts";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

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
  const score = worst && grades[worst.severity].score;
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

function result(finding: ReportedFinding, codes: readonly string[]): Result {
  const { code, severity, path, file, line = 1, column } = finding;
  const identity = createHash("sha256").update([code, file, path, line].join("\n")).digest("hex").slice(0, 32);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: grades[severity].level,
    message: { text: textOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file },
          region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
        },
        ...(path === "" ? {} : { logicalLocations: [{ fullyQualifiedName: path, kind: "resource" }] }),
      },
    ],
    // The same finding in two runs, though the words about it hold random names.
    partialFingerprints: { "corsmith/v1": identity },
    properties: { severity },
  };
}
