import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runChild } from "./run-child.mjs";

/**
 * Runs `npm install` when node_modules is missing or was made for other package files.
 * The stamp lies inside node_modules, so that deleting the folder deletes it; it is written only after success, so that
 * an interrupted installation is taken up again.
 * @param {string} root
 * @returns {Promise<number>} 0 when everything is in place, else npm's exit code
 */
export async function installIfNeeded(root) {
  const stamp = join(root, "node_modules", ".corsmith-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint(root)) return 0;
  console.error("Installing what is missing (npm install); the first time this takes up to a minute.");
  const code = await npmInstall(root);
  if (code !== 0) {
    console.error(
      `npm install failed (exit code ${code}); its own message stands above.\n` +
        "Once the cause is out of the way, run the same command again: it goes on where it stopped.",
    );
    return code;
  }
  // npm may have rewritten the lock file, so the fingerprint is taken again.
  writeFileSync(stamp, fingerprint(root));
  return 0;
}

/** @param {string} root */
function npmInstall(root) {
  // Development dependencies are wanted whatever NODE_ENV says. Words go to stderr: stdout belongs to the step.
  // `error` keeps npm from warning that the tools want a newer Node than the one which runs npm: they get one.
  const args = ["install", "--include=dev", "--loglevel=error"];
  const options = { cwd: root, stdio: /** @type {import("node:child_process").StdioOptions} */ (["ignore", 2, 2]) };
  const npm = process.env["npm_execpath"];
  // Other package managers set this variable too, for themselves.
  if (npm !== undefined && basename(npm) === "npm-cli.js") return runChild(process.execPath, [npm, ...args], options);
  if (process.platform === "win32") return runChild("cmd.exe", ["/d", "/s", "/c", "npm", ...args], options);
  return runChild("npm", args, options);
}

/** @param {string} root */
function fingerprint(root) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const file of packageFiles(root)) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/**
 * The files that decide what is installed: the lock file and the package.json of the root and of each workspace.
 * @param {string} root
 */
function packageFiles(root) {
  const lockFile = "package-lock.json";
  if (!existsSync(join(root, lockFile))) return ["package.json"];
  const { packages } = JSON.parse(readFileSync(join(root, lockFile), "utf8"));
  const workspaces = Object.keys(packages).filter((folder) => !folder.split("/").includes("node_modules"));
  const files = workspaces.map((folder) => join(folder, "package.json"));
  return [lockFile, ...files.filter((file) => existsSync(join(root, file)))];
}
