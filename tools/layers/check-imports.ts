import { posix } from "node:path";
import type { PackageLayers } from "./layer-table.ts";
import type { ImportLine } from "./read-imports.ts";

/** A source file: its path below `src/` and what it imports. */
export interface SourceFile {
  readonly path: string;
  readonly imports: readonly ImportLine[];
}

/** What is wrong with one file's imports under its package's rules, a sentence each. */
export function checkImports(file: SourceFile, layers: PackageLayers): readonly string[] {
  const room = roomOf(file.path);
  const { entries, foundations = [] } = layers;
  if (room === undefined && !entries.includes(file.path) && !foundations.includes(file.path)) {
    return [`${file.path}: only ${[...entries, ...foundations].join(", ")} may stand directly in src/`];
  }
  if (room !== undefined && layers.rooms[room] === undefined) {
    return [`${file.path}: the folder "${room}" is not in the import table, tools/layers.json`];
  }
  return file.imports.flatMap((line) => {
    const fault = line.specifier.startsWith(".")
      ? relativeFault(file, room, line, layers)
      : outsideFault(file, line, layers);
    return fault === undefined ? [] : [`${file.path}:${line.line}: ${fault}`];
  });
}

function relativeFault(
  file: SourceFile,
  room: string | undefined,
  { specifier, typeOnly }: ImportLine,
  layers: PackageLayers,
): string | undefined {
  const target = posix.join(posix.dirname(file.path), specifier);
  if (target.startsWith("../")) return `"${specifier}" leaves the package; use the other package's name`;
  const targetRoom = roomOf(target);
  if (layers.foundations?.includes(file.path)) return `"${specifier}": a foundation imports nothing of the package`;
  if (room === undefined || targetRoom === room || layers.foundations?.includes(target)) return undefined;
  if (targetRoom === undefined) return `"${specifier}": a folder may not import an entry of the package`;
  const allowed = layers.rooms[room];
  if (allowed?.imports?.includes(targetRoom)) return undefined;
  if (!allowed?.types?.includes(targetRoom)) return `${room} may not import from ${targetRoom}`;
  return typeOnly ? undefined : `${room} may import only types from ${targetRoom}; write "import type"`;
}

function outsideFault(file: SourceFile, { specifier }: ImportLine, layers: PackageLayers): string | undefined {
  if (specifier.startsWith("node:")) {
    const allowed = layers.nodeBuiltins.some((start) => start === "*" || file.path.startsWith(start));
    return allowed
      ? undefined
      : `"${specifier}": Node's builtins belong to ${layers.nodeBuiltins.join(", ") || "no folder"}`;
  }
  if (layers.outside.includes("*")) return undefined;
  const allowed = layers.outside.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  return allowed ? undefined : `"${specifier}": this package has no dependencies`;
}

function roomOf(path: string): string | undefined {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : undefined;
}
