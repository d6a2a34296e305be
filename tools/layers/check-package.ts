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
    ...unusedFaults(files, layers),
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

/** Imports of types count too: they leave nothing behind at run time, but two files that need each other are one idea or three. */
function cycleFaults(files: readonly SourceFile[]): readonly string[] {
  const graph = new Map(files.map((file) => [file.path, importedPaths(file).map(({ path }) => path)]));
  return findCycles(graph).map((cycle) => `a circle of imports: ${cycle.join(" → ")}`);
}

/** What the table lists and the tree does not have: folders, and imports between them. */
function unusedFaults(files: readonly SourceFile[], layers: PackageLayers): readonly string[] {
  const used = new Map<string, Set<string>>();
  for (const file of files) {
    const folder = folderOf(file.path);
    for (const { path, typeOnly } of importedPaths(file)) {
      const uses = used.get(folder) ?? new Set();
      used.set(folder, uses.add(folderOf(path)));
      if (!typeOnly) uses.add(`values of ${folderOf(path)}`);
    }
  }
  const folders = new Set(files.map(({ path }) => folderOf(path)));
  return Object.entries(layers.rooms).flatMap(([folder, { imports = [], types = [] }]) => {
    if (!folders.has(folder)) return [`tools/layers.json lists the folder "${folder}", which does not exist`];
    const uses = used.get(folder) ?? new Set();
    return [
      ...[...imports, ...types]
        .filter((other) => !uses.has(other))
        .map((other) => `tools/layers.json lets ${folder} import from ${other}, which nothing does`),
      ...imports
        .filter((other) => uses.has(other) && !uses.has(`values of ${other}`))
        .map((other) => `${folder} imports only types from ${other}; list it under "types" in tools/layers.json`),
    ];
  });
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

/** The files of the same package that a file imports. */
function importedPaths({
  path,
  imports,
}: SourceFile): readonly { readonly path: string; readonly typeOnly: boolean }[] {
  return imports
    .filter(({ specifier }) => specifier.startsWith("."))
    .map(({ specifier, typeOnly }) => ({ path: posix.join(posix.dirname(path), specifier), typeOnly }));
}

function dependencyFaults(folder: string, layers: PackageLayers): readonly string[] {
  const file = join(folder, "package.json");
  if (layers.outside.includes("*") || !existsSync(file)) return [];
  const manifest: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(file, "utf8"));
  return ["dependencies", "peerDependencies", "optionalDependencies", "bundleDependencies", "bundledDependencies"]
    .filter((field) => manifest[field] !== undefined)
    .map((field) => `package.json: "${field}" is not wanted, this package has no dependencies`);
}
