import { type Database, numberOf, one } from "./database.ts";
import { JournalOpenError } from "./journal-open-error.ts";
import { type Migration, migrations } from "./migrations.ts";

/** Two gateways that start at once on one PostgreSQL wait for each other under this number. */
const lockNumber = 0x434f5253;

/**
 * Brings the tables to the newest version. Resolves to it.
 *
 * @throws JournalOpenError if a newer Corsmith has been here: what it keeps must not be written by one that does not know it
 */
export async function migrate(database: Database, known: readonly Migration[] = migrations): Promise<number> {
  const newest = known.at(-1)?.version ?? 0;
  await database.transaction(async (inside) => {
    if (inside.dialect === "postgresql") await inside.all("SELECT pg_advisory_xact_lock(?)", [lockNumber]);
    await inside.run("CREATE TABLE IF NOT EXISTS corsmith_schema (version BIGINT NOT NULL)");
    const version = numberOf(await one(inside, "SELECT MAX(version) AS version FROM corsmith_schema"), "version");
    if (version > newest) throw newer(version, newest);
    const missing = known.filter((migration) => migration.version > version);
    for (const { statements } of missing) for (const sql of statements(inside.dialect)) await inside.run(sql);
    if (missing.length === 0) return;
    await inside.run("DELETE FROM corsmith_schema");
    await inside.run("INSERT INTO corsmith_schema (version) VALUES (?)", [newest]);
  });
  return newest;
}

function newer(version: number, newest: number): JournalOpenError {
  return new JournalOpenError(
    "journal-newer",
    `The journal was written by a newer Corsmith: its tables have version ${version}, this program knows them up to ${newest}.`,
    "Run the newer version again, or name another place for the journal.",
  );
}
