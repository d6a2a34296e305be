import type { FindingReport, ReportedFinding } from "../../src/reports/finding-report.ts";

const path = "https://api.acme.com/orders?a=1&b=2";

/** What a server may have written: marks of XML, and what XML cannot hold. */
const nasty = 'Let in: "https://<b>&\u0000\u001b[31m.example"\u2028.';

const grave: ReportedFinding = {
  code: "suffix-match",
  severity: "critical",
  path,
  value: "*",
  message: nasty,
  who: "server",
  fix: "Compare the whole origin.",
  file: "api.acme.com/orders",
  evidence: ["curl -i https://api.acme.com/orders", "  200"],
};

/** A report of two rules that found something, and one that did not. */
export const sampleReport: FindingReport = {
  command: "audit",
  subject: path,
  version: "0.1.0",
  rules: ["suffix-match", "null-anonymous", "max-age-missing"].map((code) => ({
    code,
    title: `What ${code} is called`,
    means: "Somebody reads.",
    fix: "Mend it.",
    section: "https://fetch.spec.whatwg.org/#concept-cors-check",
    cwe: [346],
  })),
  findings: [
    grave,
    {
      ...grave,
      code: "max-age-missing",
      severity: "info",
      message: "There is none.",
      path: "",
      file: "nginx.conf",
      line: 3,
      column: 7,
    },
  ],
};
