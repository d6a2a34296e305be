import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Environment } from "@corsmith/cors";
import { type ConfigDocument, type FileStates, fileState } from "./config-document.ts";
import { type ConfigFinding, configError } from "./config-finding.ts";
import { readConfigFile, readConfigText } from "./read-config-file.ts";
import type { Flags } from "./settings.ts";

/** The configuration file that counts, read. Without a file `document` is `undefined`, and there are no findings. */
export interface OpenedDocument {
  readonly file: string | undefined;
  readonly document: ConfigDocument | undefined;
  readonly findings: readonly ConfigFinding[];
  readonly watch: FileStates;
}

/** Reads the file that `--policy` or `CORSMITH_POLICY` names, else the one that is found from `folder` upwards. */
export function openDocument(folder: string, flags: Flags, environment: Environment): OpenedDocument {
  const named = flags.policy ?? environment["CORSMITH_POLICY"];
  if (named === "") return { file: undefined, document: undefined, findings: [emptyName(flags)], watch: new Map() };
  const files = named === undefined ? findConfigFiles(folder) : [resolve(folder, named)];
  const [file] = files;
  if (file === undefined) return { file, document: undefined, findings: [], watch: new Map() };
  if (files.length > 1) return { file, document: undefined, findings: [ambiguous(files)], watch: statesOf(files) };
  // Before it is read: an edit while it is read must count as one.
  const before = fileState(file);
  const outcome = readConfigFile(file);
  const watch = new Map([...statesOf(outcome.files), [file, before]]);
  return { file, document: undefined, findings: [], ...outcome, watch };
}

/** A text as if it stood in this file. Nothing is to be watched: there is no such file. */
export function openText(file: string, text: string): OpenedDocument {
  return { file, document: undefined, findings: [], ...readConfigText(file, text), watch: new Map() };
}

function statesOf(files: readonly string[]): FileStates {
  return new Map(files.map((file) => [file, fileState(file)]));
}

function emptyName(flags: Flags): ConfigFinding {
  const path = flags.policy === undefined ? "CORSMITH_POLICY" : "--policy";
  const fix = "Name a file, or remove it: corsmith.config.yaml is then looked up in this folder and its parents.";
  return configError("config-not-found", path, "", "The file's name is empty.", fix);
}

function ambiguous(files: readonly string[]): ConfigFinding {
  const message = "The folder holds more than one configuration file, and it is unclear which one counts.";
  return configError("config-ambiguous", "", files, message, `Keep one of them, or name one: --policy ${files[0]}`);
}

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
 * repository (the folder with `.git`) or of the file system. With more than one it is unclear which was meant.
 */
export function findConfigFiles(folder: string): readonly string[] {
  for (let current = folder; ; current = dirname(current)) {
    const found = configFileNames.map((name) => join(current, name)).filter((file) => existsSync(file));
    if (found.length > 0) return found;
    // A file above the repository belongs to something else.
    if (existsSync(join(current, ".git")) || dirname(current) === current) return [];
  }
}
