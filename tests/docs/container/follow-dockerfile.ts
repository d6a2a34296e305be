import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";
import { installFromHere } from "./install-from-here.ts";
import type { Stage } from "./read-dockerfile.ts";

/**
 * Does what a builder does with a Dockerfile, without a container: each stage is a folder below `work`, and paths that begin with `/` lie in
 * it. `npm install` takes what is installed here; every other command runs. Returns the folder of the last stage.
 *
 * @param context the repository
 */
export function followDockerfile(stages: readonly Stage[], context: string, work: string): string {
  const folders = new Map<string, string>();
  let folder = work;
  for (const [index, stage] of stages.entries()) {
    folder = join(work, `stage-${index}`);
    mkdirSync(folder, { recursive: true });
    const before = folders.get(stage.from);
    if (before !== undefined) cpSync(before, folder, { recursive: true, verbatimSymlinks: true });
    if (stage.name !== undefined) folders.set(stage.name, folder);
    followStage(stage, { folder, context, folders, directory: before === undefined ? "/" : "/src" });
  }
  return folder;
}

interface StageTerms {
  readonly folder: string;
  readonly context: string;
  /** The folders of the stages, by name. */
  readonly folders: ReadonlyMap<string, string>;
  /** The working directory with which it begins: that of the stage before it. */
  readonly directory: string;
}

function followStage(stage: Stage, { folder, context, folders, directory }: StageTerms): void {
  let current = directory;
  for (const { name, text } of stage.instructions) {
    if (name === "WORKDIR") current = text;
    const path = join(folder, current);
    mkdirSync(path, { recursive: true });
    if (name === "COPY") copy(text, path, folder, folders, context);
    if (name === "RUN") run(text, path, context);
  }
}

function copy(
  text: string,
  directory: string,
  folder: string,
  folders: ReadonlyMap<string, string>,
  context: string,
): void {
  const words = text.split(/\s+/);
  const from = /^--from=(?<stage>\w+)$/.exec(words[0] ?? "")?.groups?.["stage"];
  const sources = from === undefined ? words : words.slice(1);
  const target = sources.pop() ?? "";
  const into = target.startsWith("/") ? join(folder, target) : join(directory, target);
  const root = from === undefined ? context : folders.get(from);
  if (root === undefined) throw new Error(`COPY from a stage that is not there: ${text}`);
  for (const source of sources) {
    const path = join(root, source);
    // As a builder does: the content of a folder, a file into the folder.
    const to = statSync(path).isDirectory() ? into : join(into, basename(path));
    cpSync(path, to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => root !== context || !isIgnored(file),
    });
  }
}

/** What `.dockerignore` keeps from the builder. */
function isIgnored(file: string): boolean {
  return /\/(?:node_modules|dist|test)$|\.tsbuildinfo$/.test(file);
}

function run(command: string, directory: string, context: string): void {
  const [program = "", ...parameters] = command.split(/\s+/);
  if (program === "npm" && parameters[0] === "install") {
    installFromHere(context, directory, parameters.includes("--omit=dev"));
    return;
  }
  const file = program === "node" ? process.execPath : program;
  if (program === "node" && !existsSync(join(directory, parameters[0] ?? "")))
    throw new Error(`no such file: ${command}`);
  execFileSync(file, parameters, { cwd: directory, stdio: "pipe", timeout: 120_000 });
}
