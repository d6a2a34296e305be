/** Something beside the verdict that will hurt, or already does. */
export interface Warning {
  /** A code of the catalogue of misconfigurations, or of what looks like a CORS failure. */
  readonly id: string;
  readonly severity: "critical" | "high" | "medium" | "low" | "info";
  /** What was seen, one sentence. */
  readonly says: string;
  readonly fix: string;
}
