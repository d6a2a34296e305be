import { randomBytes } from "node:crypto";
import type { Delta } from "./counting/delta.ts";
import { deliveryIntervalMs, Recorder, recorderOutbox } from "./counting/recorder.ts";
import type { SentDecisionsReader } from "./counting/sent-decisions.ts";
import { JournalOpenError } from "./database/database.ts";
import type { Journal } from "./journal.ts";
import { type JournalLimits, type JournalSettings, limitsOf, shownPlace } from "./journal-settings.ts";
import { KeeperClient } from "./keeper/keeper-client.ts";
import { Peers, withOwn } from "./peers/peers.ts";
import { queriesBy } from "./queries/queries.ts";
import type { JournalMoment, Lost } from "./schema/status.ts";

/** A journal of this program, which can take in what other processes have counted. */
export interface OpenJournal extends Journal {
  /** Counts what another process has counted. */
  merge(delta: Delta): void;
}

/** What a journal reports of itself while it runs. */
export interface JournalEvents {
  /** It cannot be written any more; what is counted waits in memory. */
  onFailing?(error: Error): void;
  onRecovered?(): void;
  /** A decision could not be counted: a bug. Called for the first one. */
  onCountingError?(error: unknown): void;
}

/** How long the last writing may take when the program ends, in milliseconds. */
const shutdownTimeoutMs = 10_000;

/**
 * Opens a journal, and makes it where there is none. A database server that is not there yet is waited for while decisions are counted: in
 * a cluster everything may start in any order.
 *
 * @throws {JournalOpenError} for a place that cannot be used, however long one waits: a folder that is not there, a file that is not a journal or that
 *   a newer version has written, a password that is wrong
 */
export async function openJournal(settings: JournalSettings, events: JournalEvents = {}): Promise<OpenJournal> {
  const limits = limitsOf(settings);
  const keeper = new KeeperClient({ place: settings.place, limits, writer: randomBytes(9).toString("base64url") });
  try {
    const { schema } = await keeper.call("state");
    return keptJournal(keeper, settings, limits, events, schema);
  } catch (error) {
    if (!(error instanceof JournalOpenError && error.code === "journal-unreachable")) {
      await keeper.end();
      throw error;
    }
    events.onFailing?.(error);
    return keptJournal(keeper, settings, limits, events, 0);
  }
}

/** @param lastSchema the version of the tables when they were seen last */
function keptJournal(
  keeper: KeeperClient,
  { place }: JournalSettings,
  limits: JournalLimits,
  events: JournalEvents,
  lastSchema: number,
): OpenJournal {
  let [name, policy, schema] = ["", "", lastSchema];
  let sent: SentDecisionsReader | undefined;
  let closed: Promise<Lost> | undefined;
  const listeners = new Set<(moment: JournalMoment) => void>();
  const recorder = new Recorder({
    maxOrigins: limits.maxOrigins,
    onError: (error) => events.onCountingError?.(error),
  });
  const outbox = recorderOutbox(recorder, {
    deliver: (delta, sequence) => keeper.call("write", name, sequence, delta),
    onFailing: (error) => events.onFailing?.(error),
    onRecovered: () => events.onRecovered?.(),
  });
  const timer = setInterval(() => {
    const moment = recorder.moment();
    if (moment !== undefined) show(moment, listeners);
    outbox.tick();
  }, deliveryIntervalMs).unref();
  const peers =
    place.kind === "postgresql"
      ? new Peers({
          announce: () => keeper.call("announce", name, policy),
          read: () => keeper.call("readPeers"),
        })
      : undefined;
  const close = async (): Promise<Lost> => {
    clearInterval(timer);
    peers?.close();
    const late = Promise.withResolvers<void>();
    const timeout = setTimeout(() => late.resolve(), shutdownTimeoutMs);
    await Promise.race([outbox.flush().then(() => keeper.call("close")), late.promise]).catch(() => {});
    clearTimeout(timeout);
    outbox.abandon();
    listeners.clear();
    await keeper.end();
    return recorder.lost;
  };
  return {
    record: recorder.record.bind(recorder),
    merge: (delta) => recorder.merge(delta),
    /** Its schemas take a while to load: only where a middleware reports. */
    async takeSent(decisions) {
      const { SentDecisionsReader } = await import("./counting/sent-decisions.ts");
      sent ??= new SentDecisionsReader(recorder);
      return sent.take(decisions);
    },
    queries: queriesBy((query, values) => keeper.call("query", query, values)),
    tables: {
      all: (sql, values = []) => keeper.call("all", sql, values),
      run: (statements) => keeper.call("run", statements),
    },
    async status() {
      const state = await keeper.call("state").catch(() => undefined);
      schema = state?.schema ?? schema;
      const { maxBytes, minuteHours, hourDays, sampleDays, originDays } = limits;
      return {
        ...shownPlace(place),
        schema,
        bytes: state?.bytes ?? null,
        maxBytes,
        pending: outbox.pending,
        lastWrite: outbox.deliveredAt ?? null,
        failing: outbox.failing ?? null,
        lost: recorder.lost,
        gateways: withOwn(state?.gateways ?? [], name, policy),
        retention: { minuteHours, hourDays, sampleDays, originDays },
      };
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watchPeers: (listener) => peers?.watch(listener) ?? (() => {}),
    get name() {
      return name;
    },
    setName(given) {
      name = given;
      recorder.setName(given);
      peers?.join();
    },
    setPolicy(active) {
      if (peers === undefined) return;
      policy = active();
      peers.announce();
    },
    flush: () => outbox.flush(),
    close() {
      closed ??= close();
      return closed;
    },
  };
}

function show(moment: JournalMoment, listeners: Iterable<(moment: JournalMoment) => void>): void {
  for (const listener of listeners) {
    try {
      listener(moment);
    } catch {
      // A listener that throws must not stop the journal, nor hide it from the others.
    }
  }
}
