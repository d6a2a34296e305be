import { readFileSync } from "node:fs";

/** One of the numbered statements that the server side must hold. */
export interface Statement {
  readonly number: number;
  readonly says: string;
  /** Why it needs no test now; absent when it applies. */
  readonly doesNotApply?: string;
}

/** The project's own list, `tools/statements.json`. */
export function readStatements(): readonly Statement[] {
  return JSON.parse(readFileSync(new URL("../statements.json", import.meta.url), "utf8"));
}
