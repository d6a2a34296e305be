import { closeSync, openSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Database, JournalOpenError, type SqlRow, type SqlValue } from "./database.ts";

/** The path of a database without a file. */
export const inMemory = ":memory:";
/** Paths of an API and origins of its users are not for everybody on the machine. SQLite gives the files beside it the same mode. */
const ownerOnly = 0o600;
/** Marks a file as a journal of Corsmith, for `file` and for us: "CORS". */
const applicationId = 0x434f5253;
/** How long another program may keep the file, in milliseconds. */
const busyTimeoutMs = 5_000;
const maxWalBytes = 8 * 1024 * 1024;

/**
 * Opens a SQLite database, in WAL mode where it is a file: a reader does not stop the writer, and a program that is killed leaves a file
 * that opens.
 *
 * @param place a path, or {@link inMemory}, and how large it may get
 * @throws {JournalOpenError} for a file that is not a database, or that of another program
 */
export function openSqlite(place: { readonly path: string; readonly maxBytes: number }): Database {
  const { path, maxBytes } = place;
  try {
    if (path !== inMemory) closeSync(openSync(path, "a", ownerOnly));
    const connection = new DatabaseSync(path);
    prepare(connection, path, maxBytes);
    return new SqliteDatabase(connection);
  } catch (error) {
    throw error instanceof JournalOpenError ? error : unreadable(path, error);
  }
}

function prepare(connection: DatabaseSync, path: string, maxBytes: number): void {
  const tables = Number(connection.prepare("SELECT COUNT(*) AS tables FROM sqlite_schema").get()?.["tables"]);
  const owner = Number(connection.prepare("PRAGMA application_id").get()?.["application_id"]);
  if (tables > 0 && owner !== applicationId) {
    connection.close();
    throw new JournalOpenError(
      "journal-foreign",
      `${path} is the database of another program.`,
      "Name a file of its own for the journal; it is made if it is not there.",
    );
  }
  if (tables === 0) connection.exec(`PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = ${applicationId};`);
  connection.exec(`
    PRAGMA busy_timeout = ${busyTimeoutMs};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA journal_size_limit = ${maxWalBytes};
    PRAGMA cache_size = -4096;
  `);
  const pageSize = Number(connection.prepare("PRAGMA page_size").get()?.["page_size"]);
  connection.exec(`PRAGMA max_page_count = ${Math.max(64, Math.ceil(maxBytes / pageSize))};`);
}

function unreadable(path: string, error: unknown): JournalOpenError {
  const message = error instanceof Error ? error.message : String(error);
  return new JournalOpenError(
    "journal-unreadable",
    `The journal ${path} cannot be opened: ${message}.`,
    "Name a file in a folder that is there and in which this user may write, or move away a file that is not a journal.",
  );
}

/** `node:sqlite` works synchronously, so this runs in a thread of its own. The thread does one thing at a time. */
class SqliteDatabase implements Database {
  readonly dialect = "sqlite";
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  async all(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    return this.#prepare(sql).all(...values) as SqlRow[];
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  async insert(before: string, rows: readonly (readonly SqlValue[])[], after: string): Promise<void> {
    const [first] = rows;
    if (first === undefined) return;
    const statement = this.#prepare(`${before} (${first.map(() => "?").join(", ")}) ${after}`);
    for (const row of rows) statement.run(...row);
  }

  async transaction<T>(work: (database: Database) => Promise<T>): Promise<T> {
    this.#connection.exec("BEGIN IMMEDIATE");
    try {
      const result = await work(this);
      this.#connection.exec("COMMIT");
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  async usedBytes(): Promise<number> {
    const pragma = (name: string): number => Number(this.#prepare(`PRAGMA ${name}`).get()?.[name]);
    return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
  }

  async tidy(): Promise<void> {
    this.#connection.exec("PRAGMA incremental_vacuum(2000); PRAGMA optimize;");
  }

  async close(): Promise<void> {
    this.#statements.clear();
    this.#connection.close();
  }

  /** A full disk has ended the transaction already. */
  #rollBack(): void {
    try {
      this.#connection.exec("ROLLBACK");
    } catch {
      // There is no transaction any more.
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size > 200) this.#statements.clear();
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
