import pg from "pg";
import type { SqlRow, SqlValue } from "../journal.ts";
import { shownAddress } from "../journal-settings.ts";
import type { Database } from "./database.ts";
import { JournalOpenError } from "./database.ts";

/** How long a connection may take, and a statement, in milliseconds. A server that is silent is as good as none. */
const connectMs = 5_000;
const statementMs = 15_000;
/** Values of one statement: the protocol allows 65,535. */
const mostValues = 30_000;
/** Numbers come as text otherwise, since they may be larger than JavaScript's; ours never are. */
const numericTypes: ReadonlySet<number> = new Set([20, 1700]);

/**
 * Connects to a PostgreSQL. One connection writes, a second one answers questions meanwhile; each is made again when it is needed and was
 * lost.
 *
 * @throws JournalOpenError: `journal-refused` if the server answers and will not have us, `journal-unreachable` if it does not
 */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 3,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    statement_timeout: statementMs,
    idleTimeoutMillis: 30_000,
    application_name: "corsmith",
    keepAlive: true,
    types: { getTypeParser: typeParser },
  });
  // A connection that breaks while nobody uses it; the next use makes a new one.
  pool.on("error", () => {});
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await pool.end();
    throw openError(url, error);
  }
  return new PostgresDatabase(pool);
}

function openError(url: string, error: unknown): JournalOpenError {
  const place = shownAddress(url);
  const { code, message } = describe(error);
  // What the server itself says has five characters; 57P03 is one that is only just starting.
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

type Queryable = Pick<pg.ClientBase, "query">;

class PostgresDatabase implements Database {
  readonly dialect = "postgresql";
  readonly #pool: pg.Pool;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  all(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    return all(this.#pool, sql, values);
  }

  run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return run(this.#pool, sql, values);
  }

  insert(before: string, rows: readonly (readonly SqlValue[])[], after: string): Promise<void> {
    return insert(this.#pool, before, rows, after);
  }

  async transaction<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => this.#transact(work));
    this.#turn = turn.catch(() => {});
    return await turn;
  }

  async #transact<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    client.on("error", onError);
    try {
      await client.query("BEGIN");
      const result = await work(insideOf(client, this));
      await client.query("COMMIT");
      return result;
    } catch (error) {
      broken ??= await client.query("ROLLBACK").then(
        () => undefined,
        (failed: Error) => failed,
      );
      throw error;
    } finally {
      client.off("error", onError);
      client.release(broken);
    }
  }

  /** The live rows, by PostgreSQL's own count of their sizes: what was deleted stays in the files until it is used again. */
  async usedBytes(): Promise<number> {
    const [row] = await this.all(`SELECT
      (SELECT COUNT(*) FROM corsmith_rollups) * 240 + (SELECT COUNT(*) FROM corsmith_facets) * 120
      + (SELECT COUNT(*) FROM corsmith_origins) * 200 + (SELECT COALESCE(SUM(LENGTH(data) + 300), 0) FROM corsmith_samples)
      + (SELECT COUNT(*) FROM corsmith_distinct) * 5600 AS bytes`);
    return Number(row?.["bytes"] ?? 0);
  }

  /** PostgreSQL does it by itself. */
  async tidy(): Promise<void> {}

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

function insideOf(client: Queryable, database: Database): Database {
  const inside: Database = {
    dialect: "postgresql",
    all: (sql, values = []) => all(client, sql, values),
    run: (sql, values = []) => run(client, sql, values),
    insert: (before, rows, after) => insert(client, before, rows, after),
    transaction: (work) => work(inside),
    usedBytes: () => database.usedBytes(),
    tidy: () => database.tidy(),
    close: () => database.close(),
  };
  return inside;
}

async function all(on: Queryable, sql: string, values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
  const { rows } = await on.query<Record<string, SqlValue>>(numbered(sql), [...values]);
  return rows;
}

async function run(on: Queryable, sql: string, values: readonly SqlValue[]): Promise<number> {
  const { rowCount } = await on.query(numbered(sql), [...values]);
  return rowCount ?? 0;
}

async function insert(
  on: Queryable,
  before: string,
  rows: readonly (readonly SqlValue[])[],
  after: string,
): Promise<void> {
  const width = rows[0]?.length ?? 1;
  const atOnce = Math.floor(mostValues / width);
  for (let begin = 0; begin < rows.length; begin += atOnce) {
    const part = rows.slice(begin, begin + atOnce);
    const values = part.map(() => `(${"?, ".repeat(width - 1)}?)`).join(", ");
    await on.query(numbered(`${before} ${values} ${after}`), part.flat());
  }
}

/** PostgreSQL counts its parameters. No statement here has a question mark for anything else. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replace(/\?/g, () => `$${++count}`);
}
