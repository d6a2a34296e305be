import type { Journal, SqlRow } from "../../journal/journal.ts";
import type { LoadTrigger } from "./policy-control.ts";
import type { NewVersion, StoredVersion, VersionStore } from "./version-store.ts";

/** Versions that are kept at most. */
const most = 1_000;
/** Several gateways on one database may take the same number at once; all but one of them then take the next. */
const attempts = 5;

const columns = "id, time, trigger_name, who, comment, file, base, load, text, gateway";

/**
 * Keeps versions in the journal's database: what was in force outlives the program, and gateways that share it see each other's, each with
 * the gateway's name.
 */
export function journalVersionStore(journal: Pick<Journal, "tables" | "name">): VersionStore {
  const { tables } = journal;
  const insert = async (version: NewVersion): Promise<StoredVersion> => {
    const { name } = journal;
    const { time, trigger, who, comment, file, base, load, text } = version;
    const [row] = await tables.all(
      `INSERT INTO corsmith_policy_versions (${columns})
       SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM corsmith_policy_versions RETURNING id`,
      [time, trigger, who, comment, file, base, load, text, name],
    );
    return { id: Number(row?.["id"]), ...version, ...named(name) };
  };
  return {
    async add(version) {
      const stored = await again(() => insert(version));
      await tables.run([{ sql: "DELETE FROM corsmith_policy_versions WHERE id <= ?", values: [stored.id - most] }]);
      return stored;
    },
    async list(limit, before) {
      const rows = await tables.all(
        `SELECT ${columns} FROM corsmith_policy_versions WHERE id < ? ORDER BY id DESC LIMIT ?`,
        [before ?? Number.MAX_SAFE_INTEGER, limit],
      );
      return rows.map(versionOf);
    },
    async get(id) {
      const [row] = await tables.all(`SELECT ${columns} FROM corsmith_policy_versions WHERE id = ?`, [id]);
      return row && versionOf(row);
    },
  };
}

async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = attempts; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left <= 1) throw error;
    }
  }
}

function versionOf(row: SqlRow): StoredVersion {
  const text = (name: string): string => String(row[name] ?? "");
  return {
    id: Number(row["id"]),
    time: Number(row["time"]),
    trigger: text("trigger_name") as LoadTrigger,
    who: text("who"),
    comment: text("comment"),
    file: row["file"] === null ? null : text("file"),
    base: text("base"),
    load: Number(row["load"]),
    text: text("text"),
    ...named(text("gateway")),
  };
}

/** Versions of before gateways had names have none. */
function named(gateway: string): Pick<StoredVersion, "gateway"> {
  return gateway === "" ? {} : { gateway };
}
