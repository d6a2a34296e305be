import { resolve } from "node:path";
import type { Environment } from "@corsmith/cors";
import type { ConfigDocument } from "./config-document.ts";
import type { ConfigFinding } from "./config-finding.ts";
import { type FileStates, fileState } from "./file-states.ts";
import { findConfigFiles } from "./find-config-file.ts";
import type { Flags } from "./flags.ts";
import { readConfigFile, readConfigText } from "./read-config-file.ts";

/** The configuration file that counts, read. Without a file `document` is `undefined`, and there are no findings. */
export interface OpenedDocument {
  readonly file: string | undefined;
  readonly document: ConfigDocument | undefined;
  readonly findings: readonly ConfigFinding[];
  /** The files whose edits can change the outcome. */
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
  return outcome.ok
    ? { file, document: outcome.document, findings: [], watch }
    : { file, document: undefined, findings: outcome.findings, watch };
}

/** A text as if it stood in this file. Nothing is to be watched: there is no such file. */
export function openText(file: string, text: string): OpenedDocument {
  const outcome = readConfigText(file, text);
  return outcome.ok
    ? { file, document: outcome.document, findings: [], watch: new Map() }
    : { file, document: undefined, findings: outcome.findings, watch: new Map() };
}

function statesOf(files: readonly string[]): FileStates {
  return new Map(files.map((file) => [file, fileState(file)]));
}

function emptyName(flags: Flags): ConfigFinding {
  return {
    code: "config-not-found",
    severity: "error",
    path: flags.policy === undefined ? "CORSMITH_POLICY" : "--policy",
    value: "",
    message: "The file's name is empty.",
    fix: "Name a file, or remove it: corsmith.config.yaml is then searched from here upwards.",
  };
}

function ambiguous(files: readonly string[]): ConfigFinding {
  return {
    code: "config-ambiguous",
    severity: "error",
    path: "",
    value: files,
    message: "The folder holds more than one configuration file, and nobody can tell which one counts.",
    fix: `Keep one of them, or name one: --policy ${files[0]}`,
  };
}
