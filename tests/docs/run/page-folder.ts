import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { PagePorts } from "./page-ports.ts";

/** Where the commands of a page run, and with which environment. */
export interface PageFolder {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

const debianPython = "/usr/bin/python3";
const root = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * Makes an empty folder, as a reader has it: with the repository's `examples` in it, and with `corsmith` and Node 24 in the path. Nothing
 * of this process's own environment that Corsmith reads comes through.
 *
 * @param from a folder whose files are copied into it
 */
export async function makePageFolder(ports: PagePorts, from?: string): Promise<PageFolder> {
  const path = await mkdtemp(join(tmpdir(), "corsmith-page-"));
  const work = join(path, "work");
  const bin = join(path, "bin");
  await mkdir(bin);
  if (from === undefined) {
    await mkdir(work);
    await symlink(join(root, "examples"), join(work, "examples"));
  } else {
    // Beside its neighbours, since a README of an example speaks of ../orders-api.mjs.
    await cp(from, work, { recursive: true });
    await substituteIn(work, ports);
    await symlink(join(root, "examples/orders-api.mjs"), join(path, "orders-api.mjs"));
  }
  const main = join(root, "packages/corsmith/src/main.ts");
  const shim = `#!/bin/sh\nexec '${process.execPath}' --conditions=@corsmith/source '${main}' "$@"\n`;
  await writeFile(join(bin, "corsmith"), shim, { mode: 0o755 });
  // Debian's own Python has FastAPI, whatever other one comes first in this machine's path.
  if (existsSync(debianPython)) await symlink(debianPython, join(bin, "python3"));
  // The search for a configuration file ends at a repository's root; above this one lies the whole machine.
  await mkdir(join(path, ".git"));
  return {
    path: work,
    env: {
      PATH: [bin, dirname(process.execPath), process.env["PATH"] ?? ""].join(":"),
      HOME: path,
      TMPDIR: path,
      LANG: "C.UTF-8",
      NO_COLOR: "1",
      PYTHONDONTWRITEBYTECODE: "1",
      PORT: String(ports.of(8000)),
      CORSMITH_LISTEN: `127.0.0.1:${ports.of(8080)}`,
      CORSMITH_ADMIN: `127.0.0.1:${ports.of(9090)}`,
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

async function substituteIn(folder: string, ports: PagePorts): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  await Promise.all(files.map(async (file) => writeFile(file, ports.substitute(await readFile(file, "utf8")))));
}
