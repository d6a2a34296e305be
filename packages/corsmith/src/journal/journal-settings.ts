import type { JournalStatus } from "./schema/status.ts";

/** Where a journal is kept. */
export type JournalPlace =
  /** Nowhere on disk: gone when the program ends. */
  | { readonly kind: "memory" }
  /** A SQLite file; it is made if it is not there, its folder is not. */
  | { readonly kind: "file"; readonly path: string }
  /** A PostgreSQL database that several gateways may share: `postgres://user:password@host:port/name`. */
  | { readonly kind: "postgresql"; readonly url: string };

/** How a journal is kept. What is left open has a default. */
export type JournalSettings = Partial<JournalLimits> & { readonly place: JournalPlace };

/** The bounds of what is kept, where none are set. */
export const defaultJournalLimits = {
  /** Bytes of the database. What is oldest goes first. */
  maxBytes: 256 * 1024 * 1024,
  /** Hours for which each minute is kept; then they are joined to hours. */
  minuteHours: 48,
  /** Days for which hours are kept. */
  hourDays: 90,
  /** Days for which samples are kept. */
  sampleDays: 14,
  /** Days after its last request for which an origin stays in the inventory. */
  originDays: 90,
  /** Samples that are kept at most. */
  maxSamples: 10_000,
  /** Origins that are known by name at most; the others are counted as one. */
  maxOrigins: 4_096,
};

export type JournalLimits = Readonly<typeof defaultJournalLimits>;

export function limitsOf({ place, ...given }: JournalSettings): JournalLimits {
  // In memory every byte is one that the gateway does not have.
  const inMemory = { maxBytes: 32 * 1024 * 1024, maxSamples: 5_000 };
  return { ...defaultJournalLimits, ...(place.kind === "memory" ? inMemory : {}), ...given };
}

/** A place as it may be shown to anybody: without user and password. */
export function shownPlace(place: JournalPlace): Pick<JournalStatus, "backend" | "place"> {
  switch (place.kind) {
    case "memory":
      return { backend: "memory", place: "memory" };
    case "file":
      return { backend: "sqlite", place: place.path };
    case "postgresql":
      return { backend: "postgresql", place: shownAddress(place.url) };
  }
}

/** The address of a database server without what stands before the @ and behind the ?. */
export function shownAddress(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? "postgres://" : `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}
