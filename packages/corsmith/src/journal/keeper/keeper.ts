import type { Database } from "../database/database.ts";
import { migrate } from "../database/migrations.ts";
import type { JournalMoment } from "../journal.ts";
import { OthersReader, type RunningSums, withRows } from "../peers/peer-reader.ts";
import { beat, gatewaysOf, leave } from "../peers/writers.ts";
import { questionNames, questionsTo } from "../queries/queries.ts";
import { DistinctWriter } from "../tables/distinct-origins.ts";
import { keepInBounds } from "../tables/keep-in-bounds.ts";
import { writeDelta } from "../tables/write-batch.ts";
import type { KeeperCall, KeeperData, KeeperState } from "./keeper-messages.ts";

/** How often it is seen to that everything is within its bounds, in milliseconds. */
const boundMs = 60_000;
/** It is seen to sooner after rows for this part of the bound, at so many bytes each: a flood must not outrun the clock. */
const boundPart = 0.1;
const rowBytes = 250;
/** How often a writer says that it lives, in milliseconds. */
const beatMs = 10_000;

/** Keeps the journal in its database. It opens the database when it is first needed, and again after it was lost. */
export class JournalKeeper {
  readonly #data: KeeperData;
  readonly #distinct: DistinctWriter;
  #database: Promise<Database> | undefined;
  #schema = 0;
  #boundAt = 0;
  readonly #mostRows: number;
  #rows = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #written: { readonly sequence: number; readonly sums: RunningSums } = { sequence: 0, sums: new Map() };
  readonly #others: OthersReader;
  #beatAt = Number.NEGATIVE_INFINITY;
  #policy = "";

  constructor(data: KeeperData) {
    this.#data = data;
    this.#mostRows = (data.limits.maxBytes * boundPart) / rowBytes;
    this.#distinct = new DistinctWriter(data.writer);
    this.#others = new OthersReader(data.writer);
  }

  /**
   * Does what it is asked for. Rejects with the database's own error, or a JournalOpenError. SQLite has one connection here, and so does one
   * thing at a time.
   */
  async answer(call: KeeperCall): Promise<unknown> {
    if (this.#data.place.kind === "postgresql") return await this.#answer(call);
    const turn = this.#turn.then(() => this.#answer(call));
    this.#turn = turn.catch(() => {});
    return await turn;
  }

  async #answer(call: KeeperCall): Promise<unknown> {
    switch (call.call) {
      case "open":
      case "used":
        return await this.#state();
      case "write":
        return await this.#write(call);
      case "beat":
        return await this.#beat(call);
      case "ask":
        return await this.#ask(call);
      case "all":
        return await (await this.#open()).all(call.sql, call.values);
      case "run":
        return await (await this.#open()).transaction(async (inside) => {
          const changed: number[] = [];
          for (const { sql, values } of call.statements) changed.push(await inside.run(sql, values));
          return changed;
        });
      case "close":
        return await this.#close();
    }
  }

  async #state(): Promise<KeeperState> {
    const database = await this.#open();
    const shared = database.dialect === "postgresql";
    const [bytes, gateways] = await Promise.all([
      database.usedBytes(),
      shared ? gatewaysOf(database, this.#data.writer) : [],
    ]);
    return { schema: this.#schema, bytes, gateways };
  }

  async #beat({ name, policy, follows }: Extract<KeeperCall, { call: "beat" }>): Promise<JournalMoment | undefined> {
    const database = await this.#open();
    if (performance.now() - this.#beatAt >= beatMs || policy !== this.#policy) {
      await beat(database, { writer: this.#data.writer, name, policy });
      this.#policy = policy;
      this.#beatAt = performance.now();
    }
    return follows ? await this.#others.read(database) : undefined;
  }

  async #write({ name, sequence, delta }: Extract<KeeperCall, { call: "write" }>): Promise<void> {
    const database = await this.#open();
    try {
      // One that comes again is summed up once, too.
      const sums = sequence === this.#written.sequence ? this.#written.sums : withRows(this.#written.sums, delta.rows);
      await writeDelta(database, { writer: this.#data.writer, name, sequence, delta, sums });
      this.#written = { sequence, sums };
      await this.#distinct.write(database, delta.distinct);
    } catch (error) {
      // It may be full, and nothing else would make room for the next attempt.
      if (database.dialect === "sqlite") await this.#bound(database).catch(() => {});
      throw error;
    }
    this.#rows += delta.rows.length;
    if (Date.now() - this.#boundAt >= boundMs || this.#rows >= this.#mostRows) await this.#bound(database);
  }

  async #bound(database: Database): Promise<void> {
    this.#boundAt = Date.now();
    this.#rows = 0;
    await keepInBounds(database, this.#data.limits, this.#boundAt);
  }

  async #ask({ question, values }: Extract<KeeperCall, { call: "ask" }>): Promise<unknown> {
    if (!questionNames.includes(question)) throw new TypeError(`There is no question ${question}.`);
    const ask = questionsTo(await this.#open())[question] as (...given: readonly unknown[]) => Promise<unknown>;
    return await ask(...values);
  }

  #open(): Promise<Database> {
    this.#database ??= this.#connect().catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    });
    return this.#database;
  }

  async #connect(): Promise<Database> {
    const database = await this.#connection();
    try {
      this.#schema = await migrate(database);
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Each kind is loaded only where it is used. */
  async #connection(): Promise<Database> {
    const { place, limits } = this.#data;
    if (place.kind === "postgresql") {
      const { openPostgres } = await import("../database/postgres.ts");
      return await openPostgres(place.url);
    }
    const { inMemory, openSqlite } = await import("../database/sqlite.ts");
    return openSqlite({ path: place.kind === "file" ? place.path : inMemory, maxBytes: limits.maxBytes });
  }

  async #close(): Promise<void> {
    const database = await this.#database?.catch(() => undefined);
    this.#database = undefined;
    await (database && leave(database, this.#data.writer).catch(() => {}));
    await database?.close();
  }
}
