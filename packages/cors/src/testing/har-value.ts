import { printable } from "../http/printable.ts";

/** A recording that cannot be read: where, what was found, and what was expected. */
export class HarError extends TypeError {
  override readonly name = "HarError";
  /** Where in the recording: `log.entries[3].request.url`. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(`HAR, ${path}: ${message}`);
    this.path = path;
  }
}

/** An object of the recording, of which nothing is known yet. */
export type HarObject = Readonly<Record<string, unknown>>;

/** @throws {HarError} */
export function readObject(value: unknown, path: string): HarObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as HarObject;
  throw new HarError(path, `expected an object, found ${shown(value)}.`);
}

/** @throws {HarError} */
export function readArray(value: unknown, path: string, max: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new HarError(path, `expected a list, found ${shown(value)}.`);
  if (value.length > max) throw new HarError(path, `${value.length} members; at most ${max} are read.`);
  return value;
}

/** @throws {HarError} */
export function readString(value: unknown, path: string, max: number): string {
  if (typeof value !== "string") throw new HarError(path, `expected a string, found ${shown(value)}.`);
  if (value.length > max) throw new HarError(path, `${value.length} characters; at most ${max} are read.`);
  return value;
}

/** @throws {HarError} */
export function readInteger(value: unknown, path: string): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new HarError(path, `expected an integer, found ${shown(value)}.`);
}

/** A text that may be missing, and that nothing but a message depends on. */
export function optionalString(value: unknown, max: number): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, max) : undefined;
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : printable(JSON.stringify(value) ?? typeof value, 60);
}
