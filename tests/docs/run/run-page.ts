import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { BrowserConsole } from "./browser-console.ts";
import { missingLines } from "./missing-lines.ts";
import type { PageFolder } from "./page-folder.ts";
import type { PagePorts } from "./page-ports.ts";
import type { Block } from "./read-blocks.ts";
import { type Shell, startShell, untilReady } from "./shell.ts";

/** What a page runs with. */
export interface PageTools {
  readonly folder: PageFolder;
  readonly ports: PagePorts;
  /** For pages with console snippets. */
  readonly browser?: BrowserConsole;
}

/** Blocks of these languages are for the reader's eyes or for another checker (`ts`: `npm run check`). */
const readOnly: ReadonlySet<string> = new Set(["console", "ts", "http", "dockerfile", "yml"]);
/** How long a server may take to write what a page says it writes, and a command to end. Milliseconds. */
const patience = { log: 15_000, command: 60_000 };

/**
 * Runs the blocks of a page in order, as a reader would who follows it:
 *
 * - `sh` runs in the page's folder. One that starts a server (`corsmith serve` without `--check`, `dev` or `console`, the API) goes on as in a terminal of its
 *   own, until another takes its place or the page ends. `sh exits 2` must end with that code, every other with 0.
 * - `text` is what the block before it wrote, line by line (see `missingLines`); `text log` what the running `corsmith serve` wrote, and
 *   `text api` what the API behind it wrote.
 * - `yaml` is a policy or a configuration, and `corsmith serve --check` accepts it; `yaml refused`: refuses it. Where its first line is a
 *   comment with a file's name it is written to that file. So are `json`, `js`, `ts` and `python` blocks that begin with one.
 * - `yml` is another program's file, such as a CI system's, and is not run.
 * - `js` that begins with `// in the console of ADDRESS` runs in Chromium on a page there; a `text` behind it is what the console shows.
 *
 * Throws at the first block that does not do what the page says, with its line.
 */
export class PageRun {
  readonly #tools: PageTools;
  readonly #servers = new Map<"corsmith" | "api", Shell>();
  /** What the block before wrote; `undefined` if it could not run on this machine, which was said already. */
  #written: (() => string) | undefined = () => "";
  #grows = false;

  constructor(tools: PageTools) {
    this.#tools = tools;
  }

  async run(blocks: readonly Block[]): Promise<void> {
    for (const block of blocks) {
      try {
        await this.#runBlock({ ...block, text: this.#tools.ports.substitute(block.text) });
      } catch (error) {
        throw new Error(`line ${block.line}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  /** Ends what still runs. */
  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((shell) => shell.stop()));
  }

  async #runBlock(block: Block): Promise<void> {
    const file = fileOf(block);
    if (file !== undefined) await writeFile(join(this.#tools.folder.path, file), `${block.text}\n`);
    switch (block.language) {
      case "sh":
        return await this.#runCommands(block);
      case "text":
        return await this.#compare(block);
      case "yaml":
        return await this.#check(block, file);
      case "js":
        return file === undefined ? await this.#runSnippet(block) : undefined;
      case "json":
      case "python":
        if (file === undefined) throw new Error(`a ${block.language} block begins with the name of its file`);
        return;
      default:
        if (!readOnly.has(block.language)) throw new Error(`nothing runs blocks of ${block.language || "no language"}`);
    }
  }

  async #runCommands({ text, words }: Block): Promise<void> {
    const code = /^exits (?<code>\d+)$/.exec(words)?.groups?.["code"];
    const server = code === undefined ? serverOf(text) : undefined;
    if (server !== undefined) return await this.#serve(server, text);
    await this.#finish(startShell(text, this.#tools.folder), Number(code ?? 0));
  }

  async #serve(server: "corsmith" | "api", commands: string): Promise<void> {
    await this.#servers.get(server)?.stop();
    const { folder, ports } = this.#tools;
    const shell = startShell(commands, folder);
    this.#servers.set(server, shell);
    this.#setWritten(shell.output, true);
    const ready = server === "corsmith" ? () => isReady(ports.of(9090)) : () => accepts(ports.of(8000));
    await untilReady(shell, ready);
  }

  async #finish(shell: Shell, wanted: number): Promise<void> {
    const code = await Promise.race([shell.ended, delay(patience.command, "late" as const, { ref: false })]);
    if (code === "late") await shell.stop();
    this.#setWritten(shell.output, false);
    if (code !== wanted) throw new Error(`ended with ${code}, not ${wanted}:\n${shell.output()}`);
  }

  /** A mode has to be chosen where the policy stands in the overlays only; `--check` looks at the other one too. */
  async #check({ text, words }: Block, file = "policy.yaml"): Promise<void> {
    const { folder } = this.#tools;
    await writeFile(join(folder.path, file), `${text}\n`);
    const mode = /^\$production:/m.test(text) ? " --mode production" : "";
    const shell = startShell(`corsmith serve --check --policy ${file}${mode}`, folder);
    await this.#finish(shell, words === "refused" ? 2 : 0);
  }

  async #runSnippet({ text }: Block): Promise<void> {
    const address = /^\/\/ in the console of (?<address>\S+)/.exec(text)?.groups?.["address"];
    if (address === undefined) throw new Error("a js block begins with // in the console of ADDRESS, or a file's name");
    const shown = await this.#tools.browser?.run(address, text);
    this.#setWritten(shown === undefined ? undefined : () => shown, false);
  }

  async #compare({ text, words }: Block): Promise<void> {
    const server =
      words === "log" ? this.#servers.get("corsmith") : words === "api" ? this.#servers.get("api") : undefined;
    const written = server?.output ?? this.#written;
    if (written === undefined) return;
    const until = performance.now() + (server !== undefined || this.#grows ? patience.log : 0);
    let missing = missingLines(text, written());
    while (missing.length > 0 && performance.now() < until) {
      await delay(50);
      missing = missingLines(text, written());
    }
    if (missing.length > 0) throw new Error(`not true:\n${missing.join("\n")}\n\nof what was written:\n${written()}`);
  }

  #setWritten(written: (() => string) | undefined, grows: boolean): void {
    this.#written = written;
    this.#grows = grows;
  }
}

/** Does the page start an API of its own? Otherwise it speaks of the reader's. */
export function startsApi(blocks: readonly Block[]): boolean {
  return blocks.some(({ language, text }) => language === "sh" && serverOf(text) === "api");
}

/** Which server a block starts, by its last command. */
function serverOf(commands: string): "corsmith" | "api" | undefined {
  const last =
    commands
      .replaceAll(/\\\n\s*/g, "")
      .trim()
      .split("\n")
      .at(-1) ?? "";
  if (/^(?:[A-Z_]+=\S+ )*corsmith (?:serve|dev|console)\b/.test(last) && !/--(?:check|help)\b/.test(last))
    return "corsmith";
  return /^(?:node \S*orders-api\.mjs|\S*python3 -m uvicorn\b)/.test(last) ? "api" : undefined;
}

function fileOf({ text }: Block): string | undefined {
  return /^(?:#|\/\/) (?<file>[\w.-]+\.(?:ya?ml|json|m?js|ts|py))$/m.exec(text.split("\n", 1)[0] ?? "")?.groups?.[
    "file"
  ];
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function accepts(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
