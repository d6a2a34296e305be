import type { SqlRow } from "../../journal/database/database.ts";
import type { Journal } from "../../journal/open-journal.ts";
import type { PolicyVersionText } from "../schemas/versions.ts";

/** A policy as it was enforced once. */
export type StoredVersion = Omit<PolicyVersionText, "inForce" | "diff">;

/** What brought a load. */
export type LoadTrigger = StoredVersion["trigger"];

/** One that has no number yet. */
export type NewVersion = Omit<StoredVersion, "id" | "gateway">;

/** Where versions are kept: numbered upwards, never changed. */
export interface VersionStore {
  add(version: NewVersion): Promise<StoredVersion>;
  /** The newest first. @param before only those with a smaller number */
  list(limit: number, before: number | undefined): Promise<readonly StoredVersion[]>;
  get(id: number): Promise<StoredVersion | undefined>;
}

/** Characters. A longer text is enforced all the same, but not kept: it is a list that some program writes. */
const maxTextLength = 4_194_304;

/**
 * Keeps what a load brought, unless it is what was there before. Resolves to the version as which it is kept, or to the one before where it
 * cannot be kept; never rejects.
 */
export async function keepVersion(
  store: VersionStore,
  before: Promise<StoredVersion | undefined> | undefined,
  version: NewVersion,
): Promise<StoredVersion | undefined> {
  const last = await before;
  if (version.text.length > maxTextLength) return last;
  try {
    const known = last ?? (await store.list(1, undefined))[0];
    return known?.base === version.base && known.file === version.file ? known : await store.add(version);
  } catch {
    return last;
  }
}

/** Keeps the last versions until the program ends. */
export function memoryVersionStore(maxKept = 100): VersionStore {
  let versions: readonly StoredVersion[] = [];
  let last = 0;
  return {
    async add(version) {
      last += 1;
      const stored = { id: last, ...version };
      versions = [stored, ...versions].slice(0, maxKept);
      return stored;
    },
    async list(limit, before) {
      return versions.filter(({ id }) => before === undefined || id < before).slice(0, limit);
    },
    async get(id) {
      return versions.find((version) => version.id === id);
    },
  };
}

/** Versions that are kept. */
const maxVersions = 1_000;
/** Several gateways on one database may take the same number at once; all but one of them then take the next. */
const attempts = 5;

const columns = "id, time, trigger_name, who, comment, file, base, load, text, gateway";

/**
 * Keeps versions in the journal's database: they outlive the program, and gateways that share it see each other's, each with
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
      await tables.run([
        { sql: "DELETE FROM corsmith_policy_versions WHERE id <= ?", values: [stored.id - maxVersions] },
      ]);
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

/** Versions from before gateways had names have none. */
function named(gateway: string): Pick<StoredVersion, "gateway"> {
  return gateway === "" ? {} : { gateway };
}
