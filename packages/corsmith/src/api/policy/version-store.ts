import type { LoadTrigger } from "./policy-control.ts";

/** A policy as it was put in force once. */
export interface StoredVersion {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly trigger: LoadTrigger;
  readonly who: string;
  readonly comment: string;
  readonly file: string | null;
  /** Names the text. */
  readonly base: string;
  readonly load: number;
  readonly text: string;
  /** The gateway whose policy it was, where that is kept: several may share a journal. */
  readonly gateway?: string;
}

/** One that has no number yet. */
export type NewVersion = Omit<StoredVersion, "id" | "gateway">;

/** Where versions are kept: numbered upwards, never changed. */
export interface VersionStore {
  add(version: NewVersion): Promise<StoredVersion>;
  /** The newest first. @param before only those with a smaller number */
  list(limit: number, before: number | undefined): Promise<readonly StoredVersion[]>;
  get(id: number): Promise<StoredVersion | undefined>;
}

/** Keeps the last versions until the program ends. */
export function memoryVersionStore(most = 100): VersionStore {
  let versions: readonly StoredVersion[] = [];
  let last = 0;
  return {
    async add(version) {
      last += 1;
      const stored = { id: last, ...version };
      versions = [stored, ...versions].slice(0, most);
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
