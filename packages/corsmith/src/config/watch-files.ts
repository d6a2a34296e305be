import { basename, dirname, resolve } from "node:path";
import { watch } from "chokidar";
import { type FileStates, fileState } from "./config-document.ts";

/** A watch over some files. */
export type FileWatch = ReturnType<typeof watchFiles>;

/**
 * How long the files must have been left alone before they are read, in milliseconds: twice, for what is written in several steps may be
 * seen between two of them, when it is empty.
 */
const quietMs = 60;

/**
 * Calls `onEdit` after any of the files was written, replaced, removed or created; also if that happened after they were read, and before
 * the watch began. Folders are watched, and not the files, since most editors write a new file and rename it over the old one, and a
 * watch of the old one would never notice it.
 *
 * @param files absolute names, each with the state in which it was read
 */
export function watchFiles(files: FileStates, onEdit: () => void) {
  let seen = files;
  let folders = foldersOf(files);
  let timer: NodeJS.Timeout | undefined;
  let lastSeen: FileStates = files;

  const look = (): void => {
    const now = new Map([...seen.keys()].map((file) => [file, fileState(file)]));
    if (isSame(now, seen)) return;
    if (!isSame(now, lastSeen)) {
      lastSeen = now;
      lookSoon();
      return;
    }
    seen = now;
    onEdit();
  };
  const lookSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, quietMs);
  };
  const watcher = watch([...folders], {
    ignoreInitial: true,
    depth: 0,
    followSymlinks: false,
    ignored: (path) => !(folders.has(resolve(path)) || seen.has(resolve(path)) || isMountLink(path)),
  });
  // A folder that cannot be watched leaves SIGHUP; the program itself must go on.
  watcher
    .on("error", () => {})
    .on("ready", lookSoon)
    .on("all", lookSoon);
  return {
    /** Watches these files from now on; what a configuration imports can change with each edit. */
    follow(next: FileStates): void {
      seen = next;
      const wanted = foldersOf(next);
      const added = [...wanted].filter((folder) => !folders.has(folder));
      folders = wanted;
      watcher.add(added);
      lookSoon();
    },
    async close(): Promise<void> {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

function isSame(now: FileStates, before: FileStates): boolean {
  return [...now].every(([file, state]) => before.get(file) === state);
}

/** Kubernetes mounts a ConfigMap as links through `..data`, and replaces only that one. */
function isMountLink(path: string): boolean {
  return basename(path) === "..data";
}

function foldersOf(files: FileStates): ReadonlySet<string> {
  return new Set([...files.keys()].map((file) => dirname(file)));
}
