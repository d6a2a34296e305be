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
  /** The gateways that share it, by name; this one alone where it is not shared, or cannot be asked. */
  readonly gateways: readonly GatewayState[];
  /** How long things are kept: minutes for so many hours, hours, samples and origins for so many days. */
  readonly retention: {
    readonly minuteHours: number;
    readonly hourDays: number;
    readonly sampleDays: number;
    readonly originDays: number;
  };
}

/** A gateway that keeps its decisions in a journal. */
export interface GatewayState {
  /** The machine's name and the port on which it listens. */
  readonly name: string;
  /** Is it this program? */
  readonly own: boolean;
  /** Was it heard of in the last half minute? */
  readonly running: boolean;
  /** When it was heard of last, in milliseconds since 1970. */
  readonly lastSeen: number;
  /** Names the policy in force there: gateways with the same one have the same name for it. `null` where none is, or it is not known. */
  readonly policy: string | null;
}
