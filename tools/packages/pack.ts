import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Packs a package as it is built now, without its scripts, and answers with the tarball's path. */
export function pack(folder: string, destination: string): string {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", destination];
  // On Windows npm is a script of the shell.
  const npm = spawnSync("npm", args, {
    cwd: join(root, folder),
    encoding: "utf8",
    shell: process.platform === "win32",
  });
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
