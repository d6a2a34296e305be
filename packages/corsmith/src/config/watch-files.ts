import { realpathSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { watch } from "chokidar";

/** A watch over some files. */
export interface FileWatch {
  /** Resolves when every edit from now on is seen. */
  readonly ready: Promise<void>;
  /** Watches these files instead; what a configuration imports can change with each edit. */
  follow(files: readonly string[]): void;
  close(): Promise<void>;
}

/** How long the files must have been left alone before they are read, in milliseconds. An editor may write in several steps. */
const quietMs = 60;

/**
 * Calls `onEdit` after any of the files was written, replaced, removed or created. Folders are watched, and not the files, since most editors
 * write a new file and rename it over the old one, and a watch of the old one would never hear of it.
 */
export function watchFiles(files: readonly string[], onEdit: () => void): FileWatch {
  let followed = new Set(files.map((file) => resolve(file)));
  let folders = foldersOf(followed);
  let seen = new Map([...followed].map((file) => [file, stateOf(file)]));
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    const now = new Map([...followed].map((file) => [file, stateOf(file)]));
    const edited = [...now].some(([file, state]) => seen.get(file) !== state);
    seen = now;
    if (edited) onEdit();
  };
  const watcher = watch([...folders], {
    ignoreInitial: true,
    depth: 0,
    followSymlinks: false,
    ignored: (path) => !(folders.has(resolve(path)) || followed.has(resolve(path)) || isMountLink(path)),
  });
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(look, quietMs);
  });
  // A folder that cannot be watched leaves SIGHUP; the program itself must go on.
  watcher.on("error", () => {});
  return {
    ready: new Promise((done) => {
      watcher.once("ready", done);
    }),
    follow(next) {
      followed = new Set(next.map((file) => resolve(file)));
      const added = [...foldersOf(followed)].filter((folder) => !folders.has(folder));
      folders = foldersOf(followed);
      // What is known of a file stays: an edit between its last look and now must not be taken for seen.
      seen = new Map([...followed].map((file) => [file, seen.get(file) ?? stateOf(file)]));
      watcher.add(added);
    },
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

/** Kubernetes mounts a ConfigMap as links through `..data`, and replaces only that one. */
function isMountLink(path: string): boolean {
  return basename(path) === "..data";
}

function foldersOf(files: ReadonlySet<string>): Set<string> {
  return new Set([...files].map((file) => dirname(file)));
}

/** Changes with every edit of the file, and with nothing else. */
function stateOf(file: string): string {
  try {
    const { ino, mtimeNs, ctimeNs, size } = statSync(file, { bigint: true });
    return [realpathSync(file), ino, mtimeNs, ctimeNs, size].join(" ");
  } catch {
    return `${file} is not there`;
  }
}
