import { globSync } from "node:fs";

/** Every Markdown document of the repository. */
export const markdownFiles: readonly string[] = ["*.md", "docs/**/*.md", "packages/*/*.md", "examples/**/*.md"];

/** Every source whose doc comments are published. */
export const sourceFiles: readonly string[] = ["packages/*/src/**/*.ts"];

/** The files below `root` that match, without those that npm installed. */
export function documents(root: string, patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: root, exclude: (path) => path.split(/[\\/]/).includes("node_modules") }).sort();
}
