import type { JournalPlace } from "../journal/journal-settings.ts";
import { shownPlace } from "../journal/shown-place.ts";
import { mistake, type Parsed } from "./parsed.ts";

/** Where decisions are kept, if they are. */
export type JournalChoice = JournalPlace | { readonly kind: "off" };

/** Where a journal is, for people: without user and password. */
export function shownJournal(choice: JournalChoice): string {
  return choice.kind === "off" ? "off" : shownPlace(choice).place;
}

/** Parses where decisions are kept: `off`, `memory`, the address of a PostgreSQL, or else a file. */
export function parseJournal(input: unknown): Parsed<JournalChoice> {
  if (typeof input !== "string") return mistake("journal-invalid", "A journal is text.", "corsmith.journal");
  const text = input.trim();
  if (text === "off" || text === "memory") return { ok: true, value: { kind: text } };
  if (/^postgres(?:ql)?:\/\//i.test(text)) return parsePostgres(text);
  const scheme = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\//i.exec(text)?.groups?.["scheme"];
  if (scheme !== undefined) {
    return mistake(
      "journal-invalid",
      `A journal is a file or a PostgreSQL, not ${scheme}.`,
      "corsmith.journal, or postgres://user:password@host/database",
    );
  }
  if (text === "" || /[\0\r\n]/.test(text) || /[/\\]$/.test(text)) {
    return mistake("journal-invalid", "This is not the name of a file.", "corsmith.journal, memory or off");
  }
  return { ok: true, value: { kind: "file", path: text } };
}

function parsePostgres(text: string): Parsed<JournalChoice> {
  const url = URL.parse(text);
  if (url === null || url.pathname.length < 2) {
    return mistake(
      "journal-invalid",
      url === null ? "This is not a URL." : "The name of the database is missing.",
      "postgres://user:password@host:5432/database",
    );
  }
  return { ok: true, value: { kind: "postgresql", url: text } };
}
