import type { DecisionRecord } from "@corsmith/cors/observe";
import type { Sample } from "./counting/sample.ts";
import type { TakenDecisions } from "./counting/sent-decisions.ts";
import type { Breakdown, JournalQueries } from "./journal-queries.ts";
import type { JournalStatus } from "./journal-status.ts";

/** Where decisions are recorded. All that the gateway needs of a journal. */
export interface DecisionRecorder {
  /** Counts a decision whose answer is over. Synchronous and cheap, in memory of bounded size; never throws, never waits. */
  record(record: DecisionRecord): void;
}

/** What happened since the last moment, for those who watch. Of bounded size, however much happened. */
export interface JournalMoment extends Breakdown {
  /** When it ends, in milliseconds since 1970. */
  readonly time: number;
  /** How long it was. */
  readonly milliseconds: number;
  readonly allowed: number;
  readonly refused: number;
  /** Some of its decisions, at most 50: blocked ones before the others, each part in the order of time. */
  readonly samples: readonly Sample[];
  readonly lost: JournalStatus["lost"];
}

/** A table of another room, kept in the journal's database: values are text, numbers and null. */
export interface JournalTables {
  /** Rows of a query. @param sql with `?` for each value */
  all(sql: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Runs statements in one transaction: all of them, or none. Resolves to the number of rows that each changed. */
  run(statements: readonly SqlStatement[]): Promise<readonly number[]>;
}

export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;
export interface SqlStatement {
  readonly sql: string;
  readonly values?: readonly SqlValue[];
}

/** Somebody who watches what other programs decide. */
export interface OthersListener {
  /** Does anybody look? While nobody does, nothing is read. */
  wanted(): boolean;
  hear(moment: JournalMoment): void;
}

/** The decisions of gateways and middlewares, kept. */
export interface Journal extends DecisionRecorder {
  readonly queries: JournalQueries;
  /** For what other rooms keep beside the journal; their tables come by the journal's migrations. */
  readonly tables: JournalTables;
  /** Takes in what `sendDecisions` of `@corsmith/cors/observe` has posted. @param body parsed JSON, not yet checked */
  takeSent(body: unknown): TakenDecisions;
  status(): Promise<JournalStatus>;
  /**
   * Hears of what this program decided, twice a second while there is something. A listener that is slow is not waited for: hand each
   * moment on at once, and drop what cannot be handed on.
   *
   * @returns ends it
   */
  watch(listener: (moment: JournalMoment) => void): () => void;
  /**
   * Hears of what the other programs decided that share the database, once a second while there is something and somebody wants it: what they
   * have written, so about a second later than they decided it. A database that is slow or away delays that, and nothing else.
   *
   * @returns ends it
   */
  watchOthers(listener: OthersListener): () => void;
  /** How this program is called where people read; empty before it was introduced. */
  readonly name: string;
  /** Says how this program is called where people read. @param name such as `api-7:8080` */
  introduce(name: string): void;
  /**
   * Says what is enforced here, so that gateways that share the database can tell whether they agree.
   *
   * @param policy names the policy in force; asked for only where the database can be shared
   */
  enforces(policy: () => string): void;
  /** Writes what is counted. Resolves when it is written, or cannot be. */
  flush(): Promise<void>;
  /** Writes what is counted, and closes. Resolves to what was lost since the start. */
  close(): Promise<JournalStatus["lost"]>;
}
