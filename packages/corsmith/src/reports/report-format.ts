/** How findings can be written. */
export const reportFormats = ["text", "json", "sarif", "junit"] as const;

/** `text` is for people, the others are for programs. */
export type ReportFormat = (typeof reportFormats)[number];

/** Undefined if there is no format of this name. */
export function parseReportFormat(text: string): ReportFormat | undefined {
  return reportFormats.find((format) => format === text.toLowerCase());
}
