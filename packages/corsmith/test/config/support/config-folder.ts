import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of its own for one test, with files by name. It is the root of a repository, so that nothing above it is found. */
export class ConfigFolder implements Disposable {
  readonly path: string = mkdtempSync(join(tmpdir(), "corsmith-"));

  constructor(files: Readonly<Record<string, string>> = {}) {
    mkdirSync(join(this.path, ".git"));
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  /** Writes a file, with the folders above it, and returns its whole name. */
  write(name: string, text: string): string {
    const file = this.file(name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
