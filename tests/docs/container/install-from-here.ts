import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

interface LockEntry {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  /** A workspace: where it lies. */
  readonly link?: boolean;
  readonly resolved?: string;
}

/**
 * Lays out in `folder` what `npm install` would by the lock file there, from what is installed in the repository: no network. Packages for
 * production are copied, so that they find each other and nothing else; the compiler's are linked.
 */
export function installFromHere(repository: string, folder: string, productionOnly: boolean): void {
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, LockEntry>>;
  };
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!/(?:^|\/)node_modules\//.test(path) || (productionOnly && (entry.dev === true || entry.devOptional === true)))
      continue;
    const owner = path.slice(0, path.indexOf("node_modules/"));
    if (entry.link === true) linkWorkspace(folder, path, entry.resolved ?? "");
    else if (existsSync(join(folder, owner)) && existsSync(join(repository, path)))
      place(repository, folder, path, productionOnly);
  }
}

/** A workspace whose manifest was not copied is none for npm. */
function linkWorkspace(folder: string, path: string, target: string): void {
  if (!existsSync(join(folder, target, "package.json"))) return;
  const link = join(folder, path);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), join(folder, target)), link);
}

function place(repository: string, folder: string, path: string, asCopy: boolean): void {
  const to = join(folder, path);
  if (existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  if (asCopy) cpSync(join(repository, path), to, { recursive: true });
  else symlinkSync(join(repository, path), to);
}
