import { existsSync, globSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { checkImports, type SourceFile } from "./check-imports.ts";
import { findCycles } from "./find-cycles.ts";
import type { PackageLayers } from "./layer-table.ts";
import { readImports } from "./read-imports.ts";

/** Folders that say nothing of what is in them become drawers for everything. */
const drawers = new Set(["utils", "util", "helpers", "common", "misc", "shared"]);

/** All that is wrong in one package, a sentence each. A package in which nothing is found is wrong too. */
export function checkPackage(folder: string, layers: PackageLayers): readonly string[] {
  const files = readSources(join(folder, "src"));
  if (files.length === 0) return ["src: no TypeScript file found, so nothing was checked"];
  return [
    ...files.flatMap((file) => checkImports(file, layers)),
    ...drawerFaults(files),
    ...cycleFaults(files),
    ...dependencyFaults(folder, layers),
  ];
}

function readSources(src: string): readonly SourceFile[] {
  return globSync("**/*.{ts,tsx}", { cwd: src })
    .map((path) => path.split(sep).join("/"))
    .sort()
    .map((path) => ({ path, imports: readImports(readFileSync(join(src, path), "utf8")) }));
}

function drawerFaults(files: readonly SourceFile[]): readonly string[] {
  const folders = new Set(files.map(({ path }) => posix.dirname(path)));
  return [...folders]
    .filter((folder) => folder.split("/").some((name) => drawers.has(name)))
    .map((folder) => `${folder}: name the folder after what is in it`);
}

/** Types leave nothing behind when the program runs, so a circle through them is none. */
function cycleFaults(files: readonly SourceFile[]): readonly string[] {
  const graph = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter(({ specifier, typeOnly }) => specifier.startsWith(".") && !typeOnly)
        .map(({ specifier }) => posix.join(posix.dirname(path), specifier)),
    ]),
  );
  return findCycles(graph).map((cycle) => `a circle of imports: ${cycle.join(" → ")}`);
}

function dependencyFaults(folder: string, layers: PackageLayers): readonly string[] {
  const file = join(folder, "package.json");
  if (layers.outside.includes("*") || !existsSync(file)) return [];
  const manifest: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(file, "utf8"));
  return ["dependencies", "peerDependencies", "optionalDependencies", "bundleDependencies", "bundledDependencies"]
    .filter((field) => manifest[field] !== undefined)
    .map((field) => `package.json: "${field}" is not wanted, this package has no dependencies`);
}
