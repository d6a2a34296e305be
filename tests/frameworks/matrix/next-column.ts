import { existsSync, readFileSync } from "node:fs";
import type { Column } from "./render-matrix.ts";

const record = new URL("../../frameworks-next/guarantees.json", import.meta.url);

/** What the tests of `tests/frameworks-next` found, which have an installation of their own; they say if the record is stale. */
export function nextColumns(): readonly Column[] {
  if (!existsSync(record)) return [];
  // JSON knows no undefined: null stands for a guarantee that is kept.
  const columns = JSON.parse(readFileSync(record, "utf8")) as {
    name: string;
    cells: { words: string; found: string | null }[];
  }[];
  return columns.map(({ name, cells }) => ({
    name,
    cells: cells.map(({ words, found }) => ({ words, found: found ?? undefined })),
  }));
}
