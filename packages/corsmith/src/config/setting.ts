import type { Parsed } from "./parsed.ts";

/** Where the value of a setting comes from, by the name that its user knows: `--listen`, `CORSMITH_LISTEN`, or a path in the file. */
export type SettingSource =
  | { readonly kind: "flag" | "environment" | "file"; readonly name: string }
  | { readonly kind: "default" };

/** A setting that flag, environment and file can each give; the first of them that does wins. */
export interface SettingDefinition<T> {
  readonly flag?: string;
  readonly variable?: string;
  /** Its key in the configuration file; a key of `limits` with that in front. */
  readonly key?: string;
  /** Must its value not be shown, not even if it is wrong? */
  readonly secret?: true;
  readonly parse: (input: unknown) => Parsed<T>;
}

/** A value with where it comes from. */
export interface Setting<T> {
  readonly value: T;
  readonly source: SettingSource;
}
