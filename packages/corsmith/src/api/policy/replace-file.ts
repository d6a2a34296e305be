import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Replaces a file's text, as a whole: readers see the old text or the new one, and after a crash one of the two is there. A link stays a
 * link, and permissions stay as they are.
 *
 * @param isCurrent asked at the last moment with the text that is there; if it says no, nothing is written
 * @returns was it written?
 * @throws {Error} the system's; then nothing has changed
 */
export function replaceFile(file: string, text: string, isCurrent: (now: string) => boolean): boolean {
  const real = realpathSync(file);
  const { mode } = statSync(real);
  const beside = join(dirname(real), `.${basename(real)}.${randomBytes(6).toString("hex")}.tmp`);
  const handle = openSync(beside, "wx", 0o600);
  try {
    writeWhole(handle, text, mode);
    if (!isCurrent(readFileSync(real, "utf8"))) return false;
    renameSync(beside, real);
    return true;
  } finally {
    rmSync(beside, { force: true });
  }
}

function writeWhole(handle: number, text: string, mode: number): void {
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fchmodSync(handle, mode & 0o7777);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
