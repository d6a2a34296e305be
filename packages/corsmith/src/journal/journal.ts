import type { DecisionRecorder } from "./counting/recorder.ts";
import type { SqlRow, SqlStatement, SqlValue } from "./database/database.ts";
import type { PeerListener } from "./peers/peers.ts";
import type { JournalQueries } from "./queries/queries.ts";
import type { SentDecisions, TakenDecisions } from "./schema/decisions.ts";
import type { JournalMoment, JournalStatus, Lost } from "./schema/status.ts";

/** A table of another room, kept in the journal's database: values are text, numbers and null. */
export interface JournalTables {
  /** Rows of a query. @param sql with `?` for each value */
  all(sql: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Runs statements in one transaction: all of them, or none. Resolves to the number of rows that each changed. */
  run(statements: readonly SqlStatement[]): Promise<readonly number[]>;
}

/** The decisions of gateways and middlewares, kept. */
export interface Journal extends DecisionRecorder {
  readonly queries: JournalQueries;
  /** For what other rooms keep beside the journal; their tables come by the journal's migrations. */
  readonly tables: JournalTables;
  /** Takes in what `sendDecisions` of `@corsmith/cors/observe` has posted. */
  takeSent(sent: SentDecisions): Promise<TakenDecisions>;
  status(): Promise<JournalStatus>;
  /**
   * Reports what this program decided, twice a second while there is something. A listener that is slow is not waited for: hand each
   * moment on at once, and drop what cannot be handed on.
   *
   * @returns ends it
   */
  watch(listener: (moment: JournalMoment) => void): () => void;
  /**
   * Reports what the other programs decided that share the database, once a second while there is something and somebody wants it: what they
   * have written, so about a second later than they decided it. A database that is slow or away delays that, and nothing else.
   *
   * @returns ends it
   */
  watchPeers(listener: PeerListener): () => void;
  /** The name of this program where people read; empty before {@link setName}. */
  readonly name: string;
  /** Names this program where people read. @param name such as `api-7:8080` */
  setName(name: string): void;
  /**
   * Sets what is enforced here, so that gateways that share the database show whether they agree.
   *
   * @param policy identifies the active policy; called only where the database can be shared
   */
  setPolicy(policy: () => string): void;
  /** Writes what is counted. Resolves when it is written, or cannot be. */
  flush(): Promise<void>;
  /** Writes what is counted, and closes. Resolves to what was lost since the start. */
  close(): Promise<Lost>;
}
