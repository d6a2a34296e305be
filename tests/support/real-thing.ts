import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import process from "node:process";

/**
 * May a test that needs a real program run on this machine? `program` is an absolute path or a name to look for in `PATH`.
 * Where it is missing: says so loudly on stderr and returns false, so that the test is skipped; with `CI=true` throws instead,
 * because a green run there must mean that the real thing was asked.
 *
 * Use it as `describe.skipIf(!requireProgram("/usr/bin/chromium", "chromium"))("…", () => { … })`.
 */
export function requireProgram(program: string, debianPackage: string): boolean {
  return present(isInstalled(program), program, debianPackage);
}

/** Like {@link requireProgram}, for a file that a program reads: a jar, say. */
export function requireFile(path: string, debianPackage: string): boolean {
  return present(existsSync(path), path, debianPackage);
}

/** Like {@link requireProgram}, for a module of Debian's own Python (`/usr/bin/python3`). */
export function requirePythonModule(module: string, debianPackage: string): boolean {
  const python = "/usr/bin/python3";
  const found = isInstalled(python) && spawnSync(python, ["-c", `import ${module}`], { timeout: 20_000 }).status === 0;
  return present(found, `${python} with the module ${module}`, debianPackage);
}

function present(found: boolean, what: string, debianPackage: string): boolean {
  if (found) return true;
  const sentence = `${what} is not on this machine; install it with: apt-get install ${debianPackage}`;
  if (process.env["CI"] === "true") throw new Error(`${sentence}. With CI=true a missing program is a failure.`);
  process.stderr.write(`\n*** SKIPPED: ${sentence} ***\n\n`);
  return false;
}

function isInstalled(program: string): boolean {
  if (isAbsolute(program)) return isExecutable(program);
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
