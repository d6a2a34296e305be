export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;
export interface SqlStatement {
  readonly sql: string;
  readonly values?: readonly SqlValue[];
}

/** A database that speaks SQL. Both kinds understand the same statements; where they do not, the statement asks for the `dialect`. */
export interface Database {
  readonly dialect: "sqlite" | "postgresql";
  /** Rows of a query. @param sql with `?` for each value */
  all(sql: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Runs a statement. Resolves to the number of rows that it changed. */
  run(sql: string, values?: readonly SqlValue[]): Promise<number>;
  /**
   * Runs `INSERT INTO … VALUES (?, …) …` for many rows. No two of them may have the same key.
   *
   * @param before up to and with `VALUES`
   * @param after what stands behind the values
   */
  insert(before: string, rows: readonly (readonly SqlValue[])[], after: string): Promise<void>;
  /** Runs what `work` does as a whole, or not at all. Transactions wait for each other. */
  transaction<T>(work: (database: Database) => Promise<T>): Promise<T>;
  /** Bytes that hold data: the size of all tables and indexes, without the room of deleted rows that is used again. */
  usedBytes(): Promise<number>;
  /** What is to be done once in a while to keep the files small. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** One row, of a query that always has one. */
export async function one(database: Database, sql: string, values: readonly SqlValue[] = []): Promise<SqlRow> {
  const [row] = await database.all(sql, values);
  return row ?? {};
}

/** A number of a row; 0 for null: a sum of nothing is null. */
export function numberOf(row: SqlRow, name: string): number {
  const value = row[name];
  return typeof value === "number" ? value : Number(value ?? 0);
}

export function textOf(row: SqlRow, name: string): string {
  return String(row[name] ?? "");
}

/** Why a journal cannot be opened, in a word that stays. */
export type JournalOpenCode =
  | "journal-newer"
  | "journal-foreign"
  | "journal-unreadable"
  | "journal-unreachable"
  | "journal-refused";

/** A journal that cannot be opened. */
export class JournalOpenError extends Error {
  override readonly name = "JournalOpenError";
  readonly code: JournalOpenCode;
  /** What to do about it. */
  readonly fix: string;

  constructor(code: JournalOpenCode, message: string, fix: string) {
    super(message);
    this.code = code;
    this.fix = fix;
  }
}
