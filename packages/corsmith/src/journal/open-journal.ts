import { randomBytes } from "node:crypto";
import type { Delta } from "./counting/delta.ts";
import { type MomentListener, showMoment } from "./counting/live-moment.ts";
import { deliveryIntervalMs, Recorder, recorderOutbox } from "./counting/recorder.ts";
import type { SentDecisionsReader } from "./counting/sent-decisions.ts";
import { JournalOpenError, type SqlStatement, type SqlValue } from "./database/database.ts";
import { type JournalSettings, limitsOf, shownPlace } from "./journal-settings.ts";
import type { KeeperData } from "./keeper/keeper.ts";
import { KeeperClient } from "./keeper/keeper-client.ts";
import { type PeerListener, Peers, withOwn } from "./peers/peers.ts";
import { queriesBy } from "./queries/queries.ts";
import type { SentDecisions } from "./schema/decisions.ts";
import type { JournalMoment, JournalStatus, Lost } from "./schema/status.ts";

/** The decisions of gateways and middlewares, kept. */
export type Journal = ReturnType<typeof keptJournal>;

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
export async function openJournal(settings: JournalSettings, events: JournalEvents = {}): Promise<Journal> {
  const { place } = settings;
  const data = { place, limits: limitsOf(settings), writer: randomBytes(9).toString("base64url") };
  const keeper = new KeeperClient(data);
  try {
    const { schema } = await keeper.call("state");
    return keptJournal(keeper, data, events, schema);
  } catch (error) {
    if (!(error instanceof JournalOpenError && error.code === "journal-unreachable")) {
      await keeper.end();
      throw error;
    }
    events.onFailing?.(error);
    return keptJournal(keeper, data, events, 0);
  }
}

/** @param schema the version of the tables when they were seen last */
function keptJournal(keeper: KeeperClient, { place, limits }: KeeperData, events: JournalEvents, schema: number) {
  let [name, policy, lastSchema] = ["", "", schema];
  let sent: SentDecisionsReader | undefined;
  let closed: Promise<Lost> | undefined;
  const listeners = new Set<MomentListener>();
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
    showMoment(recorder.moment(), listeners);
    outbox.tick();
  }, deliveryIntervalMs).unref();
  const announce = () => keeper.call("announce", name, policy);
  const peers = place.kind === "postgresql" ? new Peers({ announce, read: () => keeper.call("readPeers") }) : undefined;
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
    /** Counts what another process has counted. */
    merge: (delta: Delta) => recorder.merge(delta),
    /** Takes in what `sendDecisions` of `@corsmith/cors/observe` has posted. Its schemas take a while to load: only where that reports. */
    async takeSent(decisions: SentDecisions) {
      const { SentDecisionsReader } = await import("./counting/sent-decisions.ts");
      sent ??= new SentDecisionsReader(recorder);
      return sent.take(decisions);
    },
    queries: queriesBy((query, values) => keeper.call("query", query, values)),
    /** For what other rooms keep beside the journal; their tables come by the journal's migrations. */
    tables: {
      /** Rows of a query. @param sql with `?` for each value */
      all: (sql: string, values: readonly SqlValue[] = []) => keeper.call("all", sql, values),
      /** Runs statements in one transaction: all of them, or none. Resolves to the number of rows that each changed. */
      run: (statements: readonly SqlStatement[]) => keeper.call("run", statements),
    },
    async status(): Promise<JournalStatus> {
      const state = await keeper.call("state").catch(() => undefined);
      lastSchema = state?.schema ?? lastSchema;
      const { maxBytes, minuteHours, hourDays, sampleDays, originDays } = limits;
      return {
        ...shownPlace(place),
        schema: lastSchema,
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
    /**
     * Reports what this program decided, twice a second while there is something. A listener that is slow is not waited for: hand each
     * moment on at once, and drop what cannot be handed on.
     *
     * @returns ends it
     */
    watch(receive: (moment: JournalMoment) => void) {
      const listener = { receive };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /**
     * Reports what the other programs decided that share the database, once a second while there is something and somebody wants it: what
     * they have written, so about a second later than they decided it. A database that is slow or away delays that, and nothing else.
     *
     * @returns ends it
     */
    watchPeers: (listener: PeerListener) => peers?.watch(listener) ?? (() => {}),
    /** The name of this program where people read; empty before {@link setName}. */
    get name() {
      return name;
    },
    /** Names this program where people read. @param given such as `api-7:8080` */
    setName(given: string) {
      name = given;
      recorder.setName(given);
      peers?.join();
    },
    /**
     * Sets what is enforced here, so that gateways that share the database show whether they agree.
     *
     * @param active identifies the active policy; called only where the database can be shared
     */
    setPolicy(active: () => string) {
      if (peers === undefined) return;
      policy = active();
      peers.announce();
    },
    /** Writes what is counted. Resolves when it is written, or cannot be. */
    flush: () => outbox.flush(),
    /** Writes what is counted, and closes. Resolves to what was lost since the start. */
    close() {
      closed ??= close();
      return closed;
    },
  };
}
