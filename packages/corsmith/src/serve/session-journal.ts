import type { Logger } from "pino";
import type { ConfigFinding } from "../config/config-finding.ts";
import type { Configuration } from "../config/configuration.ts";
import { shownJournal } from "../config/parse-settings.ts";
import { JournalOpenError } from "../journal/database/database.ts";
import { type Journal, type JournalEvents, openJournal } from "../journal/open-journal.ts";

/** The journal of a session, if it has one, or why it cannot be had. */
export type OpenedJournal =
  | { readonly ok: true; readonly journal: Journal | undefined }
  | { readonly ok: false; readonly findings: readonly ConfigFinding[] };

/** Opens the journal that a configuration names. While it cannot be written the log says so, once, and once when it can be again. */
export async function openSessionJournal({ settings, file }: Configuration, log: Logger): Promise<OpenedJournal> {
  const { value, source } = settings.journal;
  if (value.kind === "off") return { ok: true, journal: undefined };
  try {
    const journal = await openJournal({ place: value }, journalEvents(log));
    return { ok: true, journal };
  } catch (error) {
    if (!(error instanceof JournalOpenError)) throw error;
    const finding: ConfigFinding = {
      code: error.code,
      severity: "error",
      path: source.kind === "default" ? "--journal" : source.name,
      value: shownJournal(value),
      message: error.message,
      fix: error.fix,
      ...(source.kind === "file" && file !== undefined ? { file } : {}),
    };
    return { ok: false, findings: [finding] };
  }
}

/** Writes what is left, and says what could not be written. */
export async function closeSessionJournal(journal: Journal | undefined, log: Logger): Promise<void> {
  if (journal === undefined) return;
  const { decisions, samples } = await journal.close();
  if (decisions + samples === 0) return;
  log.warn(
    { event: "journal-lost", decisions, samples },
    `The journal lost ${decisions} decisions and ${samples} samples: they could not be written.`,
  );
}

function journalEvents(log: Logger): JournalEvents {
  return {
    onCountingError: (error) => reportCountingError(log, error),
    onFailing: ({ message }) => {
      log.error(
        { event: "journal-failing", message },
        `The journal cannot be written. Requests are still served, and decisions are counted in memory until then. ${message}`,
      );
    },
    onRecovered: () => {
      log.info(
        { event: "journal-recovered" },
        "The journal can be written again; what was counted in the meantime has been added.",
      );
    },
  };
}

/** Reports that a decision could not be counted. */
export function reportCountingError(log: Logger, error: unknown): void {
  log.error(
    { event: "journal-counting-failed", err: error },
    "A decision could not be counted, and is counted as lost. Requests are still served. This is logged once. Please report it.",
  );
}
