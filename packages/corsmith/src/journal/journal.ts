import type { DecisionDetails, DecisionFacts } from "./decision-facts.ts";
import type { Breakdown, JournalQueries } from "./journal-queries.ts";
import type { JournalStatus } from "./journal-status.ts";
import type { Sample } from "./sample.ts";
import type { TakenDecisions } from "./sent-decisions.ts";

/** Where decisions are told. All that the gateway needs of a journal. */
export interface DecisionRecorder {
  /**
   * Counts a decision. Synchronous and cheap, in memory of bounded size; never throws, never waits.
   *
   * @param details called at once, or not at all: only for a decision that gets into the sample
   */
  record(facts: DecisionFacts, details: () => DecisionDetails): void;
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
  /** Writes what is counted. Resolves when it is written, or cannot be. */
  flush(): Promise<void>;
  /** Writes what is counted, and closes. Resolves to what was lost since the start. */
  close(): Promise<JournalStatus["lost"]>;
}
