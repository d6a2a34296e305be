import type { Severity } from "@corsmith/cors";
import type { AuditOptions, AuditRequest } from "../../audit/audit-report.ts";
import type { ConfigFinding } from "../../config/config-finding.ts";
import { type ReportFormat, reportFormats } from "../../reports/finding-report.ts";
import { severities } from "../../reports/severity.ts";
import { checkName, readHeader, readOneOf, readTimeout, readUrl, usage } from "../read-arguments.ts";

/** The flags of `audit`, as commander reads them. */
export interface AuditFlags {
  readonly origin?: readonly string[];
  readonly header?: readonly string[];
  readonly format?: string;
  readonly json?: boolean;
  readonly failOn?: string;
  readonly rebinding?: boolean;
  readonly rate?: string;
  readonly timeout?: string;
  readonly insecure?: boolean;
}

/** What is to be audited, how, and what is to come of it. */
export interface ReadAudit {
  readonly request: AuditRequest;
  readonly options: AuditOptions;
  readonly format: ReportFormat;
  readonly failOn: Severity;
}

type Refused = { readonly findings: readonly ConfigFinding[]; readonly isForProgram: boolean };

/** Reads the arguments. Every mistake is reported at once. */
export function readAudit(text: string, flags: AuditFlags): ReadAudit | Refused {
  const findings: ConfigFinding[] = [];
  const url = readUrl(text, findings);
  const origins = (flags.origin ?? []).filter((origin) => isOriginOrPattern(origin, findings));
  const headers = (flags.header ?? []).map(readHeader);
  for (const [name] of headers) checkHeader(name, findings);
  const format = readFormat(flags, findings);
  const failOn = readOneOf("--fail-on", "severity", severities, flags.failOn ?? "low", findings);
  const perSecond = readRate(flags.rate, findings);
  const timeoutSeconds = readTimeout(flags.timeout, findings);
  const isForProgram = flags.json === true || (format !== undefined && format !== "text");
  if (findings.length > 0 || url === undefined || format === undefined || failOn === undefined)
    return { findings, isForProgram };
  const options = {
    insecure: flags.insecure === true,
    rebinding: flags.rebinding === true,
    ...(perSecond && { perSecond }),
    ...(timeoutSeconds && { timeoutSeconds }),
  };
  return { request: { url, origins, headers }, options, format, failOn };
}

function isOriginOrPattern(text: string, findings: ConfigFinding[]): boolean {
  // A letter in the star's place makes a pattern an origin, if it is one.
  const sample = text.replace(star, "$1x");
  const isOrigin = URL.parse(sample)?.origin === sample || /^[a-z][a-z\d+.-]*:\/\/[a-z\d.-]+$/.test(sample);
  if (text === "null" || (isOrigin && !sample.includes("*"))) return true;
  const says = sample.includes("*")
    ? "A pattern has its * in the first label: https://*.example.com for every host below it, https://pr-*.example.com for some."
    : "This is not an origin: scheme://host[:port], in lower case, with nothing after it.";
  findings.push(usage("--origin", text, says, guessOrigin(text, sample)));
  return false;
}

function guessOrigin(text: string, sample: string): string {
  const origin = URL.parse(sample.includes("://") ? sample : `https://${sample}`)?.origin;
  if (origin === undefined || origin === "null" || origin.includes("*")) return "https://app.example.com";
  const at = sample === text ? -1 : text.indexOf("*");
  return at < 0 ? origin : `${origin.slice(0, at)}*${origin.slice(at + 1)}`;
}

/** The star of a pattern: in the first label of a host that has more. */
const star = /^([a-z][a-z\d+.-]*:\/\/[^.*/:]*)\*(?=[^.*/:]*\.)/;

function checkHeader(name: string, findings: ConfigFinding[]): void {
  checkName(name, findings);
  if (!/^(?:origin|host|content-length|transfer-encoding|connection|upgrade)$/i.test(name)) return;
  const fix = "Remove it; --origin names a page that is allowed.";
  findings.push(usage("--header", name, "The audit sets this header itself.", fix));
}

function readFormat({ format, json }: AuditFlags, findings: ConfigFinding[]): ReportFormat | undefined {
  if (format === undefined) return json === true ? "json" : "text";
  const parsed = readOneOf("--format", "format", reportFormats, format, findings);
  if (json === true && parsed !== undefined && parsed !== "json")
    findings.push(usage("--format", format, "--json asks for another format.", "Leave out one of the two."));
  return parsed;
}

const maxPerSecond = 1000;

function readRate(text: string | undefined, findings: ConfigFinding[]): number | undefined {
  if (text === undefined) return undefined;
  const rate = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && rate > 0 && rate <= maxPerSecond) return rate;
  const message = `The rate is a number of requests per second, more than 0 and at most ${maxPerSecond}.`;
  findings.push(usage("--rate", text, message, "20"));
  return undefined;
}
