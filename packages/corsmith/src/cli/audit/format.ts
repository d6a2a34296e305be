import type { Severity } from "@corsmith/cors";
import type { AuditFinding, AuditReport, EvidenceItem } from "../../audit/audit-report.ts";
import { browserName } from "../../check/headline.ts";
import { misconfigurationCodes } from "../../misconfigurations/catalogue.ts";
import { labelled, type Style, wrapText } from "../../terminal/wrap-text.ts";

const labelWidth = 9;
/** So many kinds that could not be judged are named. */
const maxMissing = 4;

/** The report as people read it: the verdict, then each finding with its proof and its fix, the worst first; at the end what is worth knowing. */
export function formatAudit(report: AuditReport, style: Style): string {
  const worse = report.findings.filter(({ severity }) => severity !== "info");
  const infos = report.findings.filter(({ severity }) => severity === "info");
  const sections = [
    [headline(report, style), ...unreachedFix(report, style)],
    ...worse.map((finding) => formatFinding(finding, style)),
    infos.length === 0
      ? []
      : [style.colors.dim("Worth knowing"), ...infos.flatMap((finding) => formatInfo(finding, style))],
    report.notes.flatMap((note) => row("Note", note, style)),
    sent(report, style),
  ];
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${texts.join("\n\n")}\n`;
}

function headline({ verdict, headline: text, url }: AuditReport, { width, colors }: Style): string {
  const color = verdict === "clean" ? colors.green : colors.red;
  const lines = wrapText(text, width).map((line) => color(colors.bold(line)));
  return [...lines, colors.dim(url)].join("\n");
}

function unreachedFix({ unreached }: AuditReport, style: Style): readonly string[] {
  return unreached === undefined ? [] : ["", ...row("Fix", unreached.fix, style)];
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

/** The command stays on one line, however long: it is there to be copied. */
function proof(item: EvidenceItem | undefined, { colors }: Style): readonly string[] {
  if (item === undefined) return [];
  const pad = " ".repeat(labelWidth + 3);
  return [
    `  ${colors.dim("Try".padEnd(labelWidth))} ${item.curl}`,
    colors.dim(`${pad}${item.status}`),
    ...item.headers.map(([name, value]) => colors.dim(`${pad}${name}: ${value}`)),
  ];
}

function readers({ readableIn }: AuditFinding, style: Style): readonly string[] {
  if (readableIn === undefined || readableIn.length === 0) return [];
  const names = readableIn.map(browserName);
  const last = names.at(-1) ?? "";
  const text = names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
  return row("Proof", `${text} would let such a page read this answer.`, style);
}

/** One line, and the fix. */
function formatInfo({ code, title, message, fix }: AuditFinding, style: Style): readonly string[] {
  const { colors, width } = style;
  const indent = "    ";
  const [first = "", ...rest] = wrapText(`${title}. ${message} ${fix}`, width - indent.length);
  return [`  - ${first}`, ...rest.map((line) => `${indent}${line}`), `${indent}${colors.dim(`[${code}]`)}`];
}

function sent({ sentByMethod, judged, verdict }: AuditReport, style: Style): readonly string[] {
  const counts = Object.entries(sentByMethod).map(([method, count]) => `${count} ${method}`);
  const total = Object.values(sentByMethod).reduce((sum, count) => sum + count, 0);
  const requests = `${total} request${total === 1 ? "" : "s"} (${counts.join(", ")}), nothing that could change data`;
  if (verdict === "unreached") return row("Sent", requests, style);
  const missing = misconfigurationCodes.filter((code) => !judged.includes(code));
  const looked = `${judged.length} of ${misconfigurationCodes.length} kinds of misconfiguration`;
  const which = missing.length > 0 && missing.length <= maxMissing ? `, not ${missing.join(", ")}` : "";
  return [...row("Judged", `${looked}${which}`, style), ...row("Sent", requests, style)];
}

function row(label: string, text: string, style: Style, color?: (text: string) => string): readonly string[] {
  return labelled(`  ${label.padEnd(labelWidth)} `, text, style, color && { color });
}
