import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The names under which a configuration is found, in the order in which they are listed to people. */
export const configFileNames: readonly string[] = [
  "corsmith.config.ts",
  "corsmith.config.js",
  "corsmith.config.mjs",
  "corsmith.config.json",
  "corsmith.config.yaml",
  "corsmith.config.yml",
];

/**
 * The configuration files of the nearest folder that has one: in `folder` itself, or in the folders above, up to the root of the
 * repository (the folder with `.git`) or of the file system. More than one means that nobody can tell which was meant.
 */
export function findConfigFiles(folder: string): readonly string[] {
  for (let current = folder; ; current = dirname(current)) {
    const found = configFileNames.map((name) => join(current, name)).filter((file) => existsSync(file));
    if (found.length > 0) return found;
    // A file above the repository belongs to something else.
    if (existsSync(join(current, ".git")) || dirname(current) === current) return [];
  }
}
