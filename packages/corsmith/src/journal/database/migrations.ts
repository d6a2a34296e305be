import { type Database, JournalOpenError, numberOf, one } from "./database.ts";

export interface Migration {
  readonly version: number;
  /** The statements, in order. They run in one transaction. */
  readonly statements: (dialect: Database["dialect"]) => readonly string[];
}

/** In the tables of roll-ups and of origins. */
const counts = `
  decisions BIGINT NOT NULL DEFAULT 0,
  credentialed BIGINT NOT NULL DEFAULT 0,
  errors BIGINT NOT NULL DEFAULT 0,
  headerless BIGINT NOT NULL DEFAULT 0,
  too_large BIGINT NOT NULL DEFAULT 0,
  too_many BIGINT NOT NULL DEFAULT 0,
  bad_gateway BIGINT NOT NULL DEFAULT 0,
  gateway_timeout BIGINT NOT NULL DEFAULT 0,
  aborted BIGINT NOT NULL DEFAULT 0`;

/**
 * Every version that there ever was. A version that was published never changes: what is to be different comes as a new one at the end.
 * Tables that other rooms keep in this database come here too.
 */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    statements: (dialect) => {
      const clustered = dialect === "sqlite" ? "WITHOUT ROWID" : "";
      return [
        // Decisions of a minute or an hour that are alike, counted.
        `CREATE TABLE corsmith_rollups (
          start BIGINT NOT NULL, span BIGINT NOT NULL, route TEXT NOT NULL, origin TEXT NOT NULL, method TEXT NOT NULL,
          kind TEXT NOT NULL, reason TEXT NOT NULL, ${counts},
          PRIMARY KEY (start, span, route, origin, method, kind, reason)) ${clustered}`,
        "CREATE INDEX corsmith_rollups_origin ON corsmith_rollups (origin, start)",
        // The inventory: each origin that has a name, over its whole life.
        `CREATE TABLE corsmith_origins (
          origin TEXT NOT NULL PRIMARY KEY, first_seen BIGINT NOT NULL, last_seen BIGINT NOT NULL,
          allowed BIGINT NOT NULL, refused BIGINT NOT NULL, ${counts}) ${clustered}`,
        "CREATE INDEX corsmith_origins_seen ON corsmith_origins (last_seen)",
        // What an origin used: facet is route, method, reason or engine.
        `CREATE TABLE corsmith_facets (
          origin TEXT NOT NULL, facet TEXT NOT NULL, name TEXT NOT NULL, decisions BIGINT NOT NULL, refused BIGINT NOT NULL,
          last_seen BIGINT NOT NULL, PRIMARY KEY (origin, facet, name)) ${clustered}`,
        // Decisions that were drawn, whole.
        `CREATE TABLE corsmith_samples (
          id TEXT NOT NULL PRIMARY KEY, time BIGINT NOT NULL, minute BIGINT NOT NULL, pool TEXT NOT NULL, lot DOUBLE PRECISION NOT NULL,
          blocked INTEGER NOT NULL, failed INTEGER NOT NULL, origin TEXT, route TEXT NOT NULL, reason TEXT NOT NULL, data TEXT NOT NULL)`,
        "CREATE INDEX corsmith_samples_origin ON corsmith_samples (origin, id)",
        "CREATE INDEX corsmith_samples_blocked ON corsmith_samples (blocked, id)",
        "CREATE INDEX corsmith_samples_minute ON corsmith_samples (minute, pool)",
        // Sketches of distinct origins: one for each hour and writer.
        `CREATE TABLE corsmith_distinct (
          hour BIGINT NOT NULL, writer TEXT NOT NULL, registers TEXT NOT NULL, PRIMARY KEY (hour, writer))`,
        // The programs that write, and the last batch of each.
        `CREATE TABLE corsmith_writers (
          writer TEXT NOT NULL PRIMARY KEY, sequence BIGINT NOT NULL, seen BIGINT NOT NULL)`,
      ];
    },
  },
  {
    // Of the room `api`: the policies that were active.
    version: 2,
    statements: () => [
      `CREATE TABLE corsmith_policy_versions (
        id BIGINT NOT NULL PRIMARY KEY, time BIGINT NOT NULL, trigger_name TEXT NOT NULL, who TEXT NOT NULL, comment TEXT NOT NULL,
        file TEXT, base TEXT NOT NULL, load BIGINT NOT NULL, text TEXT NOT NULL)`,
    ],
  },
  {
    // Who wrote what, so that each of several gateways can show what the others decide. A file has one writer, so its samples need no index.
    version: 3,
    statements: (dialect) => [
      "ALTER TABLE corsmith_writers ADD COLUMN name TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE corsmith_writers ADD COLUMN policy TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE corsmith_writers ADD COLUMN sums TEXT NOT NULL DEFAULT '{}'",
      "ALTER TABLE corsmith_samples ADD COLUMN writer TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE corsmith_samples ADD COLUMN batch BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE corsmith_policy_versions ADD COLUMN gateway TEXT NOT NULL DEFAULT ''",
      ...(dialect === "postgresql" ? ["CREATE INDEX corsmith_samples_batch ON corsmith_samples (writer, batch)"] : []),
    ],
  },
  {
    // One word for one thing: a drawn sample has a rank.
    version: 4,
    statements: () => ["ALTER TABLE corsmith_samples RENAME COLUMN lot TO rank"],
  },
];

/** Two gateways that start at once on one PostgreSQL wait for each other under this number. */
const lockNumber = 0x434f5253;

/**
 * Brings the tables to the newest version. Resolves to it.
 *
 * @throws {JournalOpenError} if a newer Corsmith has been here: what it keeps must not be written by one that does not know it
 */
export async function migrate(database: Database, known: readonly Migration[] = migrations): Promise<number> {
  const newest = known.at(-1)?.version ?? 0;
  await database.transaction(async (inside) => {
    if (inside.dialect === "postgresql") await inside.all("SELECT pg_advisory_xact_lock(?)", [lockNumber]);
    await inside.run("CREATE TABLE IF NOT EXISTS corsmith_schema (version BIGINT NOT NULL)");
    const version = numberOf(await one(inside, "SELECT MAX(version) AS version FROM corsmith_schema"), "version");
    if (version > newest)
      throw new JournalOpenError(
        "journal-newer",
        `The journal was written by a newer Corsmith: its tables have version ${version}, this program knows them up to ${newest}.`,
        "Run the newer version again, or name another place for the journal.",
      );
    const missing = known.filter((migration) => migration.version > version);
    for (const { statements } of missing) for (const sql of statements(inside.dialect)) await inside.run(sql);
    if (missing.length === 0) return;
    await inside.run("DELETE FROM corsmith_schema");
    await inside.run("INSERT INTO corsmith_schema (version) VALUES (?)", [newest]);
  });
  return newest;
}
