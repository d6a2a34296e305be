/** How a journal is doing. */
export interface JournalStatus {
  /** `memory`: SQLite without a file, gone when the program ends. */
  readonly backend: "memory" | "sqlite" | "postgresql";
  /** The file, or host and name of the database; never a password. */
  readonly place: string;
  /** The version of the tables. */
  readonly schema: number;
  /** What is kept, in bytes. `null` while the database cannot be asked. */
  readonly bytes: number | null;
  readonly maxBytes: number;
  /** Decisions that are counted in memory and not written yet. */
  readonly pending: number;
  /** When something was written last, in milliseconds since 1970; `null`: never yet. */
  readonly lastWrite: number | null;
  /** Since when it cannot be written, and why; `null` if all is well. */
  readonly failing: { readonly since: number; readonly message: string } | null;
  /** What was lost since the start: decisions that are in no roll-up, samples that would have been kept. */
  readonly lost: { readonly decisions: number; readonly samples: number };
  /** How long things are kept: minutes for so many hours, hours, samples and origins for so many days. */
  readonly retention: {
    readonly minuteHours: number;
    readonly hourDays: number;
    readonly sampleDays: number;
    readonly originDays: number;
  };
}
