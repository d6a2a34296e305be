import { type FindingReport, type ReportedFinding, type ReportedRule, textOf } from "./finding-report.ts";

/**
 * The report as JUnit XML, as CI systems read it: a test case for each rule that could have found something. An information does not fail
 * its case; it stands in the case's output.
 */
export function toJunit({ command, subject, rules, findings }: FindingReport): string {
  const failing = new Set(findings.filter(({ severity }) => severity !== "info").map(({ code }) => code));
  const failed = rules.filter(({ code }) => failing.has(code)).length;
  const counts = `tests="${rules.length}" failures="${failed}" errors="0"`;
  const suite = `corsmith ${command}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${suite}" ${counts}>`,
    `  <testsuite name="${escaped(`${suite} ${subject}`)}" ${counts} skipped="0">`,
    ...rules.map((rule) => testCase(rule, suite, findings)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase({ code, title }: ReportedRule, suite: string, findings: readonly ReportedFinding[]): string {
  const head = `    <testcase classname="${suite}" name="${escaped(`${code}: ${title}`)}"`;
  const found = findings.filter((finding) => finding.code === code);
  if (found.length === 0) return `${head}/>`;
  const failures = found.filter(({ severity }) => severity !== "info");
  const notes = found.filter(({ severity }) => severity === "info");
  return [
    `${head}>`,
    ...failures.map(
      (finding) =>
        `      <failure type="${finding.severity}" message="${escaped(finding.message)}">${escaped(textOf(finding))}</failure>`,
    ),
    ...notes.map((finding) => `      <system-out>${escaped(`info: ${textOf(finding)}`)}</system-out>`),
    "    </testcase>",
  ].join("\n");
}

/** Text for an element or an attribute; what XML 1.0 cannot hold is left out. @see https://www.w3.org/TR/xml/#charsets */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
