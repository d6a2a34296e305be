import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { sep } from "node:path";
import { createJiti } from "jiti";
import type { ReadOutcome } from "./config-document.ts";
import { type ConfigFinding, fileError } from "./config-finding.ts";

/**
 * Reads a configuration written in TypeScript or JavaScript: its default export. It is run afresh each time, with everything that it
 * imports outside `node_modules`, so that edits of those files count too.
 */
export function readModule(file: string): ReadOutcome {
  // JSON and CommonJS files come through Node's `require`, which keeps them: they are forgotten before each run.
  for (const name of ownModules()) delete requireCache[name];
  const evaluated = new Set([file]);
  try {
    const exported = evaluate(file, (imported) => evaluated.add(imported));
    const files = [...evaluated, ...ownModules()];
    if (!("default" in exported)) return { ok: false, findings: [noDefaultExport(file, Object.keys(exported))], files };
    const document = { value: exported.default, text: readFileSync(file, "utf8"), locate: () => undefined };
    return { ok: true, document, files };
  } catch (error) {
    return { ok: false, findings: [thrownFinding(file, error)], files: [...evaluated, ...ownModules()] };
  }
}

/**
 * Jiti's synchronous way, although it is the older one: the asynchronous one hands JavaScript modules to Node's own loader, which keeps
 * them for the life of the process, so that no edit would ever be seen.
 */
function evaluate(file: string, onFile: (file: string) => void): { readonly default?: unknown } {
  const compiler = createJiti(import.meta.url, { fsCache: false });
  const jiti = createJiti(file, {
    fsCache: false,
    moduleCache: false,
    transform(options) {
      if (options.filename !== undefined) onFile(options.filename);
      return { code: compiler.transform(options) };
    },
  });
  const exported: unknown = jiti(file);
  // What a compiler made of `export` marks itself; everything else is CommonJS, whose module.exports is the whole.
  return isModuleNamespace(exported) ? exported : { default: exported };
}

/** By `in`: what jiti hands out for CommonJS answers a plain read of the mark, too. */
function isModuleNamespace(exported: unknown): exported is { readonly default?: unknown } {
  return typeof exported === "object" && exported !== null && "__esModule" in exported && exported.__esModule === true;
}

const requireCache = createRequire(import.meta.url).cache;

function ownModules(): readonly string[] {
  return Object.keys(requireCache).filter((name) => !name.includes(`${sep}node_modules${sep}`));
}

function noDefaultExport(file: string, names: readonly string[]): ConfigFinding {
  const example = 'export default { policy: { allowOrigins: ["https://app.example.com"] } };';
  const message = "The file has no default export, and that is what is read.";
  const fix = names.length === 1 ? `Write export default ${names[0]};` : example;
  return fileError(file, "config-no-default-export", message, fix, { value: names });
}

function thrownFinding(file: string, error: unknown): ConfigFinding {
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes("await is only valid in async functions")) {
    const message = "The file uses await at its top level; it is run again at every edit, and must not wait.";
    const fix = "Write the values out; origins that only a database knows belong in policy.originLookup.";
    return fileError(file, "config-syntax", message, fix);
  }
  const parse = /^ParseError: (?<what>[^\n]*?)\s*\n\s*(?<at>.*?):(?<line>\d+):(?<column>\d+)$/.exec(text)?.groups;
  if (parse) {
    const place = { line: Number(parse["line"]), column: Number(parse["column"]) + 1 };
    const message = `This cannot be parsed: ${parse["what"]}.`;
    return fileError(parse["at"] || file, "config-syntax", message, "Correct this line.", place);
  }
  const fix = "Run it alone to see the whole trace: node, tsx or jiti, with this file.";
  const value = error instanceof Error ? `${error.name}: ${text.split("\n")[0]}` : text;
  return fileError(file, "config-threw", "The file threw while it ran.", fix, { value, ...placeInStack(file, error) });
}

function placeInStack(file: string, error: unknown): { line: number; column: number } | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const start = stack.indexOf(`${file}:`);
  if (start < 0) return undefined;
  const place = /^:(\d+):(\d+)/.exec(stack.slice(start + file.length));
  return place ? { line: Number(place[1]), column: Number(place[2]) } : undefined;
}
