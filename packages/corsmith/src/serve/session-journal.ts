import type { Logger } from "pino";
import type { Configuration } from "../config/configuration.ts";
import { JournalOpenError } from "../journal/database/database.ts";
import { type Journal, type JournalEvents, openJournal } from "../journal/open-journal.ts";
import { type Started, settingError } from "./start-servers.ts";

/** Opens the journal that a configuration names. While it cannot be written the log says so, once, and once when it can be again. */
export async function openSessionJournal(
  configuration: Configuration,
  log: Logger,
): Promise<Started<Journal | undefined>> {
  const { value } = configuration.settings.journal;
  if (value.kind === "off") return { ok: true, started: undefined };
  try {
    return { ok: true, started: await openJournal({ place: value }, journalEvents(log)) };
  } catch (error) {
    if (!(error instanceof JournalOpenError)) throw error;
    return { ok: false, findings: [settingError(configuration, "journal", error.code, error.message, error.fix)] };
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
