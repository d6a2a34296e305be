/** One `import` or `export … from` of a file. */
export interface ImportLine {
  readonly specifier: string;
  /** The whole statement is `import type` or `export type`: nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
  readonly line: number;
}

// Statements begin a line, so that examples in comments (` * import …`) do not count; dynamic imports may stand anywhere.
const statement = /^[ \t]*(?:import|export)\b(?<what>[^"'`;]*?)\bfrom\s*["'](?<specifier>[^"']+)["']/gm;
const sideEffect = /^[ \t]*import\s*["'](?<specifier>[^"']+)["']/gm;
const dynamic = /^(?![ \t]*(?:\*|\/\/)).*?\bimport\s*\(\s*["'](?<specifier>[^"']+)["']/gm;

/** Reads what a TypeScript module imports. A list of patterns and not a parser: TypeScript 7 offers no stable one. */
export function readImports(source: string): readonly ImportLine[] {
  return [statement, sideEffect, dynamic].flatMap((pattern) =>
    Array.from(source.matchAll(pattern), (match) => ({
      specifier: match.groups?.["specifier"] ?? "",
      typeOnly: /^\s*type\b(?!\s*,|\s+from\b)/.test(match.groups?.["what"] ?? ""),
      line: source.slice(0, match.index).split("\n").length,
    })),
  );
}
