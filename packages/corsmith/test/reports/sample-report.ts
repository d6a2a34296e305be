import type { FindingReport, ReportedFinding } from "../../src/reports/finding-report.ts";

const place = { path: "api.acme.com/orders", name: "https://api.acme.com/orders?a=1&b=2" };

/** What a stranger's server may have written: marks of XML, and what XML cannot hold. */
const nasty = 'Let in: "https://<b>&\u0000\u001b[31m.example"\u2028.';

const grave: ReportedFinding = {
  code: "suffix-match",
  severity: "critical",
  says: nasty,
  fix: "server: Compare the whole origin.",
  evidence: ["curl -i https://api.acme.com/orders", "  200"],
  place,
};

/** A report of two rules that found something, and one that did not. */
export const sampleReport: FindingReport = {
  command: "audit",
  subject: place.name,
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
      says: "There is none.",
      place: { path: "nginx.conf", line: 3, column: 7 },
    },
  ],
};
