import type { Delta } from "../counting/delta.ts";
import type { JournalOpenCode } from "../database/database.ts";
import type { SqlStatement, SqlValue } from "../journal.ts";
import type { JournalQueries } from "../journal-queries.ts";
import type { JournalLimits, JournalPlace } from "../journal-settings.ts";
import type { GatewayState } from "../journal-status.ts";

/** What the keeper's thread is started with. */
export interface KeeperData {
  readonly place: JournalPlace;
  readonly limits: JournalLimits;
  /** A name that no other writer has. */
  readonly writer: string;
}

/** What the thread is asked for. */
export type KeeperCall =
  | { readonly call: "open" }
  | { readonly call: "write"; readonly name: string; readonly sequence: number; readonly delta: Delta }
  /** Says that this writer lives, and where it `follows`, what the others have written since the last time: a JournalMoment, or nothing. */
  | { readonly call: "beat"; readonly name: string; readonly policy: string; readonly follows: boolean }
  | { readonly call: "ask"; readonly question: keyof JournalQueries; readonly values: readonly unknown[] }
  | { readonly call: "all"; readonly sql: string; readonly values: readonly SqlValue[] }
  | { readonly call: "run"; readonly statements: readonly SqlStatement[] }
  | { readonly call: "used" }
  | { readonly call: "close" };

/** A call with the number by which its answer is known. */
export interface KeeperRequest {
  readonly id: number;
  readonly call: KeeperCall;
}

/** What came of a call. */
export type KeeperAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly message: string;
      readonly code: JournalOpenCode | undefined;
      readonly fix: string;
    };

/** What `open` and `used` answer. */
export interface KeeperState {
  readonly schema: number;
  readonly bytes: number;
  /** Those that share the database; none for one that cannot be shared. */
  readonly gateways: readonly GatewayState[];
}
