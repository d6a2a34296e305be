import type { Delta } from "../counting/delta.ts";
import type { Database, SqlRow, SqlStatement, SqlValue } from "../database/database.ts";
import { migrate } from "../database/migrations.ts";
import { writers } from "../database/statements.ts";
import type { JournalLimits, JournalPlace } from "../journal-settings.ts";
import { PeerReader } from "../peers/peer-reader.ts";
import { gatewaysOf, type RunningSums, withRows } from "../peers/writers.ts";
import { type QueryName, query } from "../queries/queries.ts";
import type { JournalMoment } from "../schema/status.ts";
import { writeDistinct } from "../tables/distinct-origins.ts";
import { keepInBounds } from "../tables/keep-in-bounds.ts";
import { writeBatch } from "../tables/write-batch.ts";

/** How often everything is brought within its bounds, in milliseconds. */
const boundIntervalMs = 60_000;
/** It happens sooner after what may be this part of the bound: a flood must not outrun the clock. */
const boundPart = 0.1;
/** What a roll-up and a sample take at most on the average, with their indexes. */
const rowBytes = 400;
const sampleBytes = 1_000;

export interface KeeperData {
  readonly place: JournalPlace;
  readonly limits: JournalLimits;
  /** A name that no other writer has. */
  readonly writer: string;
}

/**
 * Keeps the journal in its database: each public method is something that can be asked of it. It opens the database when it is first needed,
 * and again after it was lost. Every method rejects with the database's own error, or a JournalOpenError.
 */
export class JournalKeeper {
  readonly #data: KeeperData;
  readonly #peers: PeerReader;
  #database: Promise<Database> | undefined;
  #schema = 0;
  #boundAt = 0;
  #newBytes = 0;
  #written: { readonly sequence: number; readonly sums: RunningSums } = { sequence: 0, sums: new Map() };

  constructor(data: KeeperData) {
    this.#data = data;
    this.#peers = new PeerReader(data.writer);
  }

  /** How the database is doing, and who shares it: nobody where it cannot be shared. */
  async state() {
    const database = await this.#open();
    const gateways = database.dialect === "postgresql" ? gatewaysOf(database, this.#data.writer) : [];
    return { schema: this.#schema, bytes: await database.usedBytes(), gateways: await gateways };
  }

  /** Writes a delta. The same number again means: the same delta again; it is written once. */
  async write(name: string, sequence: number, delta: Delta): Promise<void> {
    const database = await this.#open();
    try {
      const { sums: before } = this.#written;
      const sums = sequence === this.#written.sequence ? before : withRows(before, delta.rows);
      await writeBatch(database, { writer: this.#data.writer, name, sequence, delta, sums });
      this.#written = { sequence, sums };
      await writeDistinct(database, this.#data.writer, delta.distinct);
    } catch (error) {
      // It may be full, and nothing else would make room for the next attempt.
      if (database.dialect === "sqlite") await this.#bound(database).catch(() => {});
      throw error;
    }
    this.#newBytes += delta.rows.length * rowBytes + delta.samples.length * sampleBytes;
    const isFlooded = this.#newBytes >= this.#data.limits.maxBytes * boundPart;
    if (isFlooded || Date.now() - this.#boundAt >= boundIntervalMs) await this.#bound(database);
  }

  async announce(name: string, policy: string): Promise<void> {
    const database = await this.#open();
    await database.run(writers.announce(database.dialect), [this.#data.writer, name, policy]);
  }

  /** What the other writers have written since the last time. */
  async readPeers(): Promise<JournalMoment | undefined> {
    return await this.#peers.read(await this.#open());
  }

  async query(name: QueryName, values: readonly unknown[]): Promise<unknown> {
    return await query(await this.#open(), name, values);
  }

  async all(sql: string, values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    return await (await this.#open()).all(sql, values);
  }

  /** Runs statements in one transaction. Resolves to the number of rows that each changed. */
  async run(statements: readonly SqlStatement[]): Promise<readonly number[]> {
    return await (await this.#open()).transaction(async (inside) => {
      const changed: number[] = [];
      for (const { sql, values } of statements) changed.push(await inside.run(sql, values));
      return changed;
    });
  }

  async close(): Promise<void> {
    const database = await this.#database?.catch(() => undefined);
    this.#database = undefined;
    await database?.run(writers.leave, [this.#data.writer]).catch(() => {});
    await database?.close();
  }

  async #bound(database: Database): Promise<void> {
    this.#boundAt = Date.now();
    this.#newBytes = 0;
    await keepInBounds(database, this.#data.limits, this.#boundAt);
  }

  #open(): Promise<Database> {
    this.#database ??= this.#connect().catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    });
    return this.#database;
  }

  async #connect(): Promise<Database> {
    const database = await openDatabase(this.#data);
    try {
      this.#schema = await migrate(database);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }
}

/** Each kind is loaded only where it is used. */
async function openDatabase({ place, limits }: KeeperData): Promise<Database> {
  if (place.kind === "postgresql") {
    const { openPostgres } = await import("../database/postgres.ts");
    return await openPostgres(place.url);
  }
  const { inMemory, openSqlite } = await import("../database/sqlite.ts");
  return openSqlite({ path: place.kind === "file" ? place.path : inMemory, maxBytes: limits.maxBytes });
}
