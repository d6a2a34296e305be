import type { JournalPlace } from "./journal-settings.ts";
import type { JournalStatus } from "./journal-status.ts";

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
