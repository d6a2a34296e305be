import { closeSync, openSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Database, JournalOpenError, type SqlRow } from "./database.ts";
import { placeholders } from "./statements.ts";

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
export function openSqlite({ path, maxBytes }: { readonly path: string; readonly maxBytes: number }): Database {
  try {
    if (path !== inMemory) closeSync(openSync(path, "a", ownerOnly));
    const connection = new DatabaseSync(path);
    prepare(connection, path, maxBytes);
    return databaseOn(connection);
  } catch (error) {
    throw error instanceof JournalOpenError ? error : unreadable(path, error);
  }
}

function prepare(connection: DatabaseSync, path: string, maxBytes: number): void {
  const tables = Number(connection.prepare("SELECT COUNT(*) AS tables FROM sqlite_schema").get()?.["tables"]);
  if (tables > 0 && pragma(connection, "application_id") !== applicationId) {
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
  const maxPages = Math.max(64, Math.ceil(maxBytes / pragma(connection, "page_size")));
  connection.exec(`PRAGMA max_page_count = ${maxPages};`);
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
function databaseOn(connection: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? connection.prepare(sql);
    if (statements.size > 200) statements.clear();
    statements.set(sql, statement);
    return statement;
  };
  const database: Database = {
    dialect: "sqlite",
    all: async (sql, values = []) => prepared(sql).all(...values) as SqlRow[],
    run: async (sql, values = []) => Number(prepared(sql).run(...values).changes),
    async insert(before, rows, after) {
      const [first] = rows;
      if (first === undefined) return;
      const statement = prepared(`${before} (${placeholders(first.length)}) ${after}`);
      for (const row of rows) statement.run(...row);
    },
    async transaction(work) {
      connection.exec("BEGIN IMMEDIATE");
      try {
        const result = await work(database);
        connection.exec("COMMIT");
        return result;
      } catch (error) {
        try {
          connection.exec("ROLLBACK");
        } catch {
          // A full disk has ended the transaction already.
        }
        throw error;
      }
    },
    async usedBytes() {
      const pages = pragma(connection, "page_count") - pragma(connection, "freelist_count");
      return pages * pragma(connection, "page_size");
    },
    tidy: async () => connection.exec("PRAGMA incremental_vacuum(2000); PRAGMA optimize;"),
    async close() {
      statements.clear();
      connection.close();
    },
  };
  return database;
}

function pragma(connection: DatabaseSync, name: string): number {
  return Number(connection.prepare(`PRAGMA ${name}`).get()?.[name]);
}
