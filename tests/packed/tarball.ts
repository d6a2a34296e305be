import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** The paths in a package's tarball, without npm's leading `package/`. */
export function listTarball(tarball: string): readonly string[] {
  const list = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" });
  return list
    .trim()
    .split("\n")
    .map((path) => path.replace(/^package\//, ""));
}

/** Unpacks a package's tarball into a folder, as npm does. */
export function unpackTarball(tarball: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", folder]);
}
