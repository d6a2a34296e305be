import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { mistake, type Parsed } from "./parse-settings.ts";

/** A secret that an attempt can be compared with, and that no log, no JSON and no error can show. */
export class Secret {
  readonly #digest: Buffer;

  constructor(text: string) {
    this.#digest = digest(text);
  }

  /** Takes the same time whatever is compared: digests have one length, and say nothing of where two texts part. */
  matches(attempt: string): boolean {
    return timingSafeEqual(this.#digest, digest(attempt));
  }

  toJSON(): string {
    return "(secret)";
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Shorter ones can be guessed. 128 bits are 22 characters of base64, 32 of hexadecimal. */
const minLength = 16;
const maxLength = 4_096;
const example = "$(openssl rand -hex 16)";

/** Reads the token of the admin server: visible ASCII characters, since it travels in a header. */
export function parseAdminToken(input: unknown, name: string): Parsed<Secret> {
  const text = String(input);
  const fault = faultOf(text, name);
  return fault === undefined ? { ok: true, value: new Secret(text) } : mistake("admin-token-invalid", fault, example);
}

function faultOf(text: string, name: string): string | undefined {
  if (text.length < minLength) return `${name} must have at least ${minLength} characters: this one could be guessed.`;
  if (text.length > maxLength) return `${name} must have at most ${maxLength} characters.`;
  if (!/^[\x21-\x7e]+$/.test(text)) return `${name} must have visible ASCII characters only, and no spaces.`;
  return undefined;
}

/** Reads it from a file, without the line break at its end. */
export function parseAdminTokenFile(input: unknown): Parsed<Secret> {
  try {
    return parseAdminToken(readFileSync(String(input), "utf8").replace(/\r?\n$/, ""), "The token in the file");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return mistake("admin-token-invalid", `The file cannot be read: ${why}.`, "Name a file that this user may read.");
  }
}
