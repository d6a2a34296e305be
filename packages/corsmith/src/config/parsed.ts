import type { ConfigFindingCode } from "./config-finding.ts";

/** What came of parsing one value: the value, or what is wrong with it and how to put it right. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly warning?: Mistake }
  | { readonly ok: false; readonly mistake: Mistake };

/** What is wrong with a value; where it stands is added by whoever knows. */
export interface Mistake {
  readonly code: ConfigFindingCode;
  readonly message: string;
  readonly fix: string;
}

/** The short way to a mistake. */
export function mistake(code: ConfigFindingCode, message: string, fix: string): { ok: false; mistake: Mistake } {
  return { ok: false, mistake: { code, message, fix } };
}
