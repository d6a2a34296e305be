import { realpathSync, statSync } from "node:fs";

/** Files by name, each with what it was when it was last looked at. */
export type FileStates = ReadonlyMap<string, string>;

/** A text that changes with every edit of the file, its replacement and its removal too, and with nothing else. */
export function fileState(file: string): string {
  try {
    const { ino, mtimeNs, ctimeNs, size } = statSync(file, { bigint: true });
    return [realpathSync(file), ino, mtimeNs, ctimeNs, size].join(" ");
  } catch {
    return "not there";
  }
}
