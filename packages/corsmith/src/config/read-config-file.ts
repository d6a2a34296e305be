import { readFileSync, statSync } from "node:fs";
import { extname } from "node:path";
import type { ReadOutcome } from "./config-document.ts";
import { type ConfigFinding, fileError } from "./config-finding.ts";
import { readJson } from "./read-json.ts";
import { readModule } from "./read-module.ts";
import { readYaml } from "./read-yaml.ts";

/** Larger files are not configurations: the name is a mistake. In bytes; 1,000,000 origins are about 40 MB. */
const maxBytes = 256 * 1024 * 1024;

const textReaders: Readonly<Record<string, typeof readJson>> = {
  ".json": readJson,
  ".yaml": readYaml,
  ".yml": readYaml,
};

/** Reads a configuration file by the ending of its name. Never throws: what goes wrong is in the findings. */
export function readConfigFile(file: string): ReadOutcome {
  const missing = existing(file);
  if (missing) return missing;
  const ending = extname(file).toLowerCase();
  if (/^\.[cm]?[jt]s$/.test(ending)) return notEmpty(file, readModule(file));
  if (!Object.hasOwn(textReaders, ending)) return unknownType(file);
  try {
    return readConfigText(file, readFileSync(file, "utf8"));
  } catch (error) {
    return unreadable(file, error);
  }
}

/** Reads a text as if it stood in this file, which has to be YAML or JSON. Never throws. */
export function readConfigText(file: string, text: string): ReadOutcome {
  if (text.trim() === "") return empty(file);
  const read = textReaders[extname(file).toLowerCase()] ?? readYaml;
  try {
    return notEmpty(file, read(file, text));
  } catch (error) {
    // Brackets in brackets, more than any parser can follow.
    return unreadable(file, error);
  }
}

function notEmpty(file: string, outcome: ReadOutcome): ReadOutcome {
  return outcome.ok && (outcome.document.value ?? undefined) === undefined ? empty(file) : outcome;
}

function empty(file: string): ReadOutcome {
  const fix = "Write at least a policy with its origins: policy: { allowOrigins: [https://app.example.com] }";
  return refused(file, "config-empty", "The file is empty.", fix);
}

/** The refusal of a file that is not there or cannot be one; `undefined` if it can. */
function existing(file: string): ReadOutcome | undefined {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return unreadable(file, new Error("it is a folder"));
    return stat.size > maxBytes ? unreadable(file, new Error("it is larger than 256 MB")) : undefined;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) return unreadable(file, error);
    const fix = "Correct the path; it is relative to the folder you run the command in.";
    return refused(file, "config-not-found", "There is no such file.", fix);
  }
}

function unreadable(file: string, error: unknown): ReadOutcome {
  const why = error instanceof Error ? error.message : String(error);
  const fix = "Name a file that this user may read.";
  return refused(file, "config-unreadable", `The file cannot be read: ${why}.`, fix);
}

function unknownType(file: string): ReadOutcome {
  const message = `The extension ${JSON.stringify(extname(file))} does not say what the file contains.`;
  return refused(file, "config-type-unknown", message, "Name it .yaml, .yml, .json, .ts, .mts, .js, .mjs or .cjs.");
}

function refused(file: string, code: ConfigFinding["code"], message: string, fix: string): ReadOutcome {
  return { ok: false, findings: [fileError(file, code, message, fix, { value: file })], files: [file] };
}
