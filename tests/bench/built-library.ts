import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundleLibrary } from "../../tools/packages/bundle-library.ts";

/** The library as it is measured. */
export interface Library {
  readonly core: typeof import("@corsmith/cors");
  readonly node: typeof import("@corsmith/cors/node");
  readonly browser: typeof import("@corsmith/cors/browser");
  /** `built` is the JavaScript that users run, `source` what type stripping leaves. */
  readonly kind: "built" | "source";
}

const root = new URL("../../", import.meta.url);

/** Builds the library and loads what was built; for a quick run, loads the sources as they are. */
export async function loadLibrary(quick: boolean): Promise<Library> {
  if (quick) {
    return {
      core: await import("@corsmith/cors"),
      node: await import("@corsmith/cors/node"),
      browser: await import("@corsmith/cors/browser"),
      kind: "source",
    };
  }
  await build("packages/cors");
  const dist = new URL("packages/cors/dist/esm/", root);
  return {
    core: (await import(new URL("index.js", dist).href)) as Library["core"],
    node: (await import(new URL("node.js", dist).href)) as Library["node"],
    browser: (await import(new URL("browser.js", dist).href)) as Library["browser"],
    kind: "built",
  };
}

/**
 * Builds a package and those that it needs.
 *
 * @throws Error with what the compiler said
 */
export async function build(project: "packages/cors" | "packages/corsmith"): Promise<void> {
  const compiler = fileURLToPath(new URL("node_modules/typescript/bin/tsc", root));
  const run = spawnSync(process.execPath, [compiler, "-b", project], { cwd: fileURLToPath(root), encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${project} does not build:\n${run.stdout}${run.stderr}`);
  await bundleLibrary();
}
