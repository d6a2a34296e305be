import type { Severity } from "@corsmith/cors";
import type { AuditFinding, AuditReport, EvidenceItem } from "../../audit/audit-report.ts";
import { browserNames } from "../../check/headline.ts";
import { misconfigurationCodes } from "../../misconfigurations/catalogue.ts";
import { commandRow, countRequests, headline, joinSections, labelWidth, row } from "../../terminal/report.ts";
import { type Style, wrapText } from "../../terminal/wrap-text.ts";

/** At most this many kinds that could not be judged are named. */
const maxMissing = 4;

/** The report as people read it: the verdict, then each finding with its proof and its fix, the worst first; at the end what is worth knowing. */
export function formatAudit(report: AuditReport, style: Style): string {
  const { findings, notes, unreached, verdict, url } = report;
  const { dim } = style.colors;
  const infos = findings.filter(({ severity }) => severity === "info");
  const fix = unreached === undefined ? [] : ["", ...row("Fix", unreached.fix, style)];
  return joinSections([
    [...headline(report.headline, verdict === "clean", style), dim(url), ...fix],
    ...findings.filter(({ severity }) => severity !== "info").map((finding) => formatFinding(finding, style)),
    infos.length === 0 ? [] : [dim("Worth knowing"), ...infos.flatMap((finding) => formatInfo(finding, style))],
    notes.flatMap((note) => row("Note", note, style)),
    formatSent(report, style),
  ]);
}

const severityColor: Readonly<Record<Severity, "red" | "yellow" | "cyan">> = {
  critical: "red",
  high: "red",
  medium: "yellow",
  low: "yellow",
  info: "cyan",
};

function formatFinding(finding: AuditFinding, style: Style): readonly string[] {
  const { message, means, who, fix, sameCause, evidence } = finding;
  const { colors } = style;
  return [
    ...headingOf(finding, style),
    ...row("Seen", message, style),
    ...proof(evidence[0], style),
    ...row("Means", means, style),
    ...readers(finding, style),
    ...row("Fix", `${who}: ${fix}`, style, colors.green),
    ...(sameCause.length === 0 ? [] : row("Also", `from the same cause: ${sameCause.join(", ")}`, style)),
  ];
}

function headingOf({ code, severity, title }: AuditFinding, { width, colors }: Style): readonly string[] {
  const mark = severity.toUpperCase().padEnd(labelWidth + 1);
  const color = colors[severityColor[severity]];
  const lines = wrapText(`${title} [${code}]`, width - mark.length);
  return lines.map((line, at) => {
    const text = line.endsWith("]")
      ? `${colors.bold(line.slice(0, line.lastIndexOf("[")))}${colors.dim(`[${code}]`)}`
      : colors.bold(line);
    return `${at === 0 ? color(colors.bold(mark)) : " ".repeat(mark.length)} ${text}`;
  });
}

function proof(item: EvidenceItem | undefined, style: Style): readonly string[] {
  if (item === undefined) return [];
  const pad = " ".repeat(labelWidth + 3);
  const answer = [String(item.status), ...item.headers.map(([name, value]) => `${name}: ${value}`)];
  return [commandRow("Try", item.curl, style), ...answer.map((line) => style.colors.dim(`${pad}${line}`))];
}

function readers({ readableIn }: AuditFinding, style: Style): readonly string[] {
  if (readableIn === undefined || readableIn.length === 0) return [];
  const names = readableIn.map((engine) => browserNames[engine]);
  const text = new Intl.ListFormat("en-GB").format(names);
  return row("Proof", `${text} would let such a page read this response.`, style);
}

/** One line, and the fix. */
function formatInfo({ code, title, message, fix }: AuditFinding, style: Style): readonly string[] {
  const { colors, width } = style;
  const indent = "    ";
  const [first = "", ...rest] = wrapText(`${title}. ${message} ${fix}`, width - indent.length);
  return [`  - ${first}`, ...rest.map((line) => `${indent}${line}`), `${indent}${colors.dim(`[${code}]`)}`];
}

function formatSent({ sentByMethod, judged, verdict }: AuditReport, style: Style): readonly string[] {
  const sent = row("Sent", `${countRequests(sentByMethod)}, nothing that could change data`, style);
  if (verdict === "unreached") return sent;
  const missing = misconfigurationCodes.filter((code) => !judged.includes(code));
  const which = missing.length > 0 && missing.length <= maxMissing ? `, not ${missing.join(", ")}` : "";
  return [
    ...row("Judged", `${judged.length} of ${misconfigurationCodes.length} kinds of misconfiguration${which}`, style),
    ...sent,
  ];
}
