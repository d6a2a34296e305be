import { readFileSync, statSync } from "node:fs";
import { extname } from "node:path";
import type { ConfigDocument, ReadOutcome } from "./config-document.ts";
import type { ConfigFinding } from "./config-finding.ts";
import { readJson } from "./read-json.ts";
import { readModule } from "./read-module.ts";
import { readYaml } from "./read-yaml.ts";

/** Files larger than this are no configuration, and a mistake in the name. In bytes; 1,000,000 origins are about 40 MB. */
const maximumBytes = 256 * 1024 * 1024;

/** Reads a configuration file by the ending of its name. Never throws: what goes wrong is in the findings. */
export function readConfigFile(file: string): ReadOutcome {
  return notEmpty(file, readByEnding(file));
}

/** Reads a text as if it stood in this file, which has to be YAML or JSON. Never throws. */
export function readConfigText(file: string, text: string): ReadOutcome {
  if (text.trim() === "") return notEmpty(file, { ok: true, document: emptyDocument(file, text), files: [] });
  const read = extname(file).toLowerCase() === ".json" ? readJson : readYaml;
  try {
    return notEmpty(file, read(file, text));
  } catch (error) {
    // Brackets in brackets, more than any parser can follow.
    return unreadable(file, error);
  }
}

function notEmpty(file: string, outcome: ReadOutcome): ReadOutcome {
  if (outcome.ok && (outcome.document.value === null || outcome.document.value === undefined)) {
    return refused(file, {
      code: "config-empty",
      message: "The file is empty.",
      fix: "Write at least a policy with its origins: policy: { allowOrigins: [https://app.example.com] }",
    });
  }
  return outcome;
}

function readByEnding(file: string): ReadOutcome {
  switch (extname(file).toLowerCase()) {
    case ".yaml":
    case ".yml":
      return readText(file, readYaml);
    case ".json":
      return readText(file, readJson);
    case ".ts":
    case ".mts":
    case ".cts":
    case ".js":
    case ".mjs":
    case ".cjs":
      return existing(file) ?? readModule(file);
    default:
      return existing(file) ?? unknownType(file);
  }
}

function readText(file: string, read: (file: string, text: string) => ReadOutcome): ReadOutcome {
  const missing = existing(file);
  if (missing) return missing;
  try {
    const text = readFileSync(file, "utf8");
    return text.trim() === "" ? { ok: true, document: emptyDocument(file, text), files: [file] } : read(file, text);
  } catch (error) {
    return unreadable(file, error);
  }
}

function emptyDocument(file: string, text: string): ConfigDocument {
  return { file, value: undefined, text, locate: () => undefined };
}

/** The refusal of a file that is not there or cannot be one; `undefined` if it can. */
function existing(file: string): ReadOutcome | undefined {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return unreadable(file, new Error("it is a folder"));
    return stat.size > maximumBytes ? unreadable(file, new Error("it is larger than 256 MB")) : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return notFound(file);
    return unreadable(file, error);
  }
}

function notFound(file: string): ReadOutcome {
  return refused(file, {
    code: "config-not-found",
    message: "There is no such file.",
    fix: "Correct the path; it is taken from the folder in which the command runs.",
  });
}

function unreadable(file: string, error: unknown): ReadOutcome {
  const why = error instanceof Error ? error.message : String(error);
  return refused(file, {
    code: "config-unreadable",
    message: `The file cannot be read: ${why}.`,
    fix: "Name a file that this user may read.",
  });
}

function unknownType(file: string): ReadOutcome {
  return refused(file, {
    code: "config-type-unknown",
    message: `What the file holds cannot be told from its name's ending ${JSON.stringify(extname(file))}.`,
    fix: "Name it .yaml, .yml, .json, .ts, .mts, .js, .mjs or .cjs.",
  });
}

function refused(file: string, what: Pick<ConfigFinding, "code" | "message" | "fix">): ReadOutcome {
  return { ok: false, findings: [{ severity: "error", path: "", value: file, file, ...what }], files: [file] };
}
