import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { publishedManifest } from "./published-manifest.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Packs a package as it is built now, without its scripts, and answers with the tarball's path. It is packed from a copy, with the
 * `package.json` that is published: programs that run meanwhile go on finding the sources.
 */
export function pack(folder: string, destination: string): string {
  const copy = mkdtempSync(join(tmpdir(), "corsmith-pack-"));
  try {
    const notPublished = /^(?:node_modules|src|test|build)$/;
    cpSync(join(root, folder), copy, {
      recursive: true,
      filter: (path) => !notPublished.test(relative(join(root, folder), path)),
    });
    writeFileSync(join(copy, "package.json"), publishedManifest(readFileSync(join(copy, "package.json"), "utf8")));
    return packCopy(folder, copy, destination);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function packCopy(folder: string, copy: string, destination: string): string {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", destination];
  // On Windows npm is a script of the shell.
  const npm = spawnSync("npm", args, { cwd: copy, encoding: "utf8", shell: process.platform === "win32" });
  if (npm.status !== 0) throw new Error(`npm pack failed in ${folder}:\n${npm.stderr}`);
  const answer: unknown = JSON.parse(npm.stdout);
  return join(destination, fileName(answer));
}

/** npm 11 answers with a list of packages, later ones with an object from name to package. */
function fileName(answer: unknown): string {
  const [first]: readonly unknown[] = Object.values(answer ?? {});
  if (typeof first === "object" && first !== null && "filename" in first && typeof first.filename === "string") {
    return first.filename.replace("@", "").replace("/", "-");
  }
  throw new Error(`npm pack answered without a file name: ${JSON.stringify(answer)}`);
}
