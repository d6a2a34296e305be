import pg from "pg";
import { shownAddress } from "../journal-settings.ts";
import { type Database, JournalOpenError, numberOf, one, type SqlValue } from "./database.ts";
import { placeholders, postgresBytes } from "./statements.ts";

/** How long a connection may take, and a statement, in milliseconds. A server that does not answer counts as unreachable. */
const connectTimeoutMs = 5_000;
const statementTimeoutMs = 15_000;
/** Values of one statement: the protocol allows 65,535. */
const maxValues = 30_000;
/** Numbers come as text otherwise, since they may be larger than JavaScript's; ours never are. */
const numericTypes: ReadonlySet<number> = new Set([20, 1700]);

/**
 * Connects to a PostgreSQL. One connection writes, a second one answers questions meanwhile; each is made again when it is needed and was
 * lost.
 *
 * @throws {JournalOpenError} `journal-refused` if the server answers and will not have us, `journal-unreachable` if it does not
 */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 3,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: statementTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idleTimeoutMillis: 30_000,
    application_name: "corsmith",
    keepAlive: true,
    types: { getTypeParser: typeParser },
  });
  // A connection that breaks while it is idle; the next use makes a new one.
  pool.on("error", () => {});
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await pool.end();
    throw openError(url, error);
  }
  return databaseOn(pool);
}

function openError(url: string, error: unknown): JournalOpenError {
  const place = shownAddress(url);
  const { code, message } = describe(error);
  // The server's own codes have five characters; 57P03 is one that is still starting.
  const refused = /^[0-9A-Z]{5}$/.test(code) && !code.startsWith("57P") && !code.startsWith("53");
  return refused
    ? new JournalOpenError(
        "journal-refused",
        `PostgreSQL at ${place} refuses the journal: ${message}.`,
        "Correct the user, the password or the name of the database in its URL.",
      )
    : new JournalOpenError(
        "journal-unreachable",
        `PostgreSQL at ${place} cannot be reached: ${message}.`,
        "Start it, or correct its address.",
      );
}

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AggregateError) return describe(error.errors[0]);
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  return { code: "code" in error ? String(error.code) : "", message: error.message };
}

const typeParser: typeof pg.types.getTypeParser = (id: number, format?: unknown) =>
  numericTypes.has(id) ? Number : pg.types.getTypeParser(id, format as "text");

/** @param on the connection of the transaction; outside of one each statement takes any */
function databaseOn(pool: pg.Pool, on: Pick<pg.ClientBase, "query"> = pool): Database {
  let turn: Promise<unknown> = Promise.resolve();
  const database: Database = {
    dialect: "postgresql",
    all: async (sql, values = []) => (await on.query<Record<string, SqlValue>>(numbered(sql), [...values])).rows,
    run: async (sql, values = []) => (await on.query(numbered(sql), [...values])).rowCount ?? 0,
    async insert(before, rows, after) {
      const width = rows[0]?.length ?? 1;
      const atOnce = Math.floor(maxValues / width);
      for (let begin = 0; begin < rows.length; begin += atOnce) {
        const part = rows.slice(begin, begin + atOnce);
        const values = part.map(() => `(${placeholders(width)})`).join(", ");
        await on.query(numbered(`${before} ${values} ${after}`), part.flat());
      }
    },
    async transaction(work) {
      if (on !== pool) return await work(database);
      const result = turn.then(() => transact(pool, work));
      turn = result.catch(() => {});
      return await result;
    },
    usedBytes: async () => numberOf(await one(database, postgresBytes), "bytes"),
    /** PostgreSQL does it by itself. */
    async tidy() {},
    close: () => pool.end(),
  };
  return database;
}

/** After a failure the connection is given up: so PostgreSQL rolls back, and nothing of it is left for the next use. */
async function transact<T>(pool: pg.Pool, work: (database: Database) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failed = true;
  // One that breaks between two statements reports it by an event only.
  const onError = (): void => {};
  client.on("error", onError);
  try {
    await client.query("BEGIN");
    const result = await work(databaseOn(pool, client));
    await client.query("COMMIT");
    failed = false;
    return result;
  } finally {
    client.off("error", onError);
    client.release(failed);
  }
}

/** PostgreSQL counts its parameters. No statement here has a question mark for anything else. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replace(/\?/g, () => `$${++count}`);
}
