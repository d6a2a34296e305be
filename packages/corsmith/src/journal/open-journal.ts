import { randomBytes } from "node:crypto";
import type { Outbox } from "@corsmith/cors/observe";
import type { Delta } from "./counting/delta.ts";
import { deliveryIntervalMs, Recorder, recorderOutbox } from "./counting/recorder.ts";
import type { SentDecisionsReader } from "./counting/sent-decisions.ts";
import { JournalOpenError } from "./database/database.ts";
import type { Journal } from "./journal.ts";
import {
  defaultJournalLimits,
  type JournalLimits,
  type JournalSettings,
  memoryJournalLimits,
  shownPlace,
} from "./journal-settings.ts";
import type { KeeperState } from "./keeper/keeper.ts";
import { KeeperClient } from "./keeper/keeper-client.ts";
import { type PeerListener, Peers, withOwn } from "./peers/peers.ts";
import { type JournalQueries, queriesBy } from "./queries/queries.ts";
import type { SentDecisions, TakenDecisions } from "./schema/decisions.ts";
import type { JournalMoment, JournalStatus, Lost } from "./schema/status.ts";

/** A journal of this program, which can take in what other processes have counted. */
export interface OpenJournal extends Journal {
  /** Counts what another process has counted. */
  merge(delta: Delta): void;
}

/** Was this thrown because the journal's place will not do? */
export function isJournalOpenError(error: unknown): error is JournalOpenError {
  return error instanceof JournalOpenError;
}

/** What a journal reports of itself while it runs. */
export interface JournalEvents {
  /** It cannot be written any more; what is counted waits in memory. */
  onFailing?(error: Error): void;
  onRecovered?(): void;
  /** A decision could not be counted: a mistake of ours. Called for the first one. */
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
  const { place, ...given } = settings;
  const limits: JournalLimits = {
    ...defaultJournalLimits,
    ...(place.kind === "memory" ? memoryJournalLimits : {}),
    ...given,
  };
  const keeper = new KeeperClient({ place, limits, writer: randomBytes(9).toString("base64url") });
  let state: KeeperState | undefined;
  let unreachable: JournalOpenError | undefined;
  try {
    state = await keeper.call("state");
  } catch (error) {
    if (!(error instanceof JournalOpenError && error.code === "journal-unreachable")) {
      await keeper.end();
      throw error;
    }
    unreachable = error;
  }
  const journal = new KeptJournal(keeper, settings, limits, events, state);
  if (unreachable !== undefined) events.onFailing?.(unreachable);
  return journal;
}

class KeptJournal implements OpenJournal {
  readonly #keeper: KeeperClient;
  readonly #settings: JournalSettings;
  readonly #limits: JournalLimits;
  readonly #recorder: Recorder;
  readonly #outbox: Outbox<Delta>;
  readonly #timer: NodeJS.Timeout;
  #sent: SentDecisionsReader | undefined;
  readonly #listeners = new Set<(moment: JournalMoment) => void>();
  readonly #peers: Peers | undefined;
  #name = "";
  #policy = "";
  #schema: number;
  #closed: Promise<Lost> | undefined;
  readonly record: Journal["record"];
  readonly queries: JournalQueries;
  readonly tables: Journal["tables"];

  constructor(
    keeper: KeeperClient,
    settings: JournalSettings,
    limits: JournalLimits,
    events: JournalEvents,
    state: KeeperState | undefined,
  ) {
    this.#keeper = keeper;
    this.#settings = settings;
    this.#limits = limits;
    this.#schema = state?.schema ?? 0;
    this.#recorder = new Recorder({
      maxOrigins: limits.maxOrigins,
      onError: (error) => events.onCountingError?.(error),
    });
    this.#outbox = recorderOutbox(this.#recorder, {
      deliver: (delta, sequence) => keeper.call("write", this.#name, sequence, delta),
      onFailing: (error) => events.onFailing?.(error),
      onRecovered: () => events.onRecovered?.(),
    });
    this.#timer = setInterval(() => {
      this.#show();
      this.#outbox.tick();
    }, deliveryIntervalMs).unref();
    if (settings.place.kind === "postgresql")
      this.#peers = new Peers({
        announce: () => keeper.call("announce", this.#name, this.#policy),
        read: () => keeper.call("readPeers"),
      });
    this.record = this.#recorder.record.bind(this.#recorder);
    this.queries = queriesBy((name, values) => keeper.call("query", name, values));
    this.tables = {
      all: (sql, values = []) => keeper.call("all", sql, values),
      run: (statements) => keeper.call("run", statements),
    };
  }

  get name(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
    this.#recorder.setName(name);
    this.#peers?.join();
  }

  setPolicy(policy: () => string): void {
    if (this.#peers === undefined) return;
    this.#policy = policy();
    this.#peers.announce();
  }

  watchPeers(listener: PeerListener): () => void {
    return this.#peers?.watch(listener) ?? (() => {});
  }

  /** Its schemas take a while to load: only where a middleware reports. */
  async takeSent(sent: SentDecisions): Promise<TakenDecisions> {
    const { SentDecisionsReader } = await import("./counting/sent-decisions.ts");
    this.#sent ??= new SentDecisionsReader(this.#recorder);
    return this.#sent.take(sent);
  }

  merge(delta: Delta): void {
    this.#recorder.merge(delta);
  }

  async status(): Promise<JournalStatus> {
    const state = await this.#keeper.call("state").catch(() => undefined);
    this.#schema = state?.schema ?? this.#schema;
    const { maxBytes, minuteHours, hourDays, sampleDays, originDays } = this.#limits;
    return {
      ...shownPlace(this.#settings.place),
      schema: this.#schema,
      bytes: state?.bytes ?? null,
      maxBytes,
      pending: this.#outbox.pending,
      lastWrite: this.#outbox.deliveredAt ?? null,
      failing: this.#outbox.failing ?? null,
      lost: this.#recorder.lost,
      gateways: withOwn(state?.gateways ?? [], this.#name, this.#policy),
      retention: { minuteHours, hourDays, sampleDays, originDays },
    };
  }

  watch(listener: (moment: JournalMoment) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  flush(): Promise<void> {
    return this.#outbox.flush();
  }

  close(): Promise<Lost> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<Lost> {
    const late = Promise.withResolvers<void>();
    this.#peers?.close();
    clearInterval(this.#timer);
    const timer = setTimeout(() => late.resolve(), shutdownTimeoutMs);
    await Promise.race([this.#outbox.flush().then(() => this.#keeper.call("close")), late.promise]).catch(() => {});
    clearTimeout(timer);
    this.#outbox.abandon();
    this.#listeners.clear();
    await this.#keeper.end();
    return this.#recorder.lost;
  }

  /** A moment that nobody watches is dropped. */
  #show(): void {
    const moment = this.#recorder.moment();
    if (moment === undefined) return;
    for (const listener of this.#listeners) {
      try {
        listener(moment);
      } catch {
        // A listener's mistake must not stop the journal, nor hide it from the others.
      }
    }
  }
}
