import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { minifySync } from "rolldown/utils";

const root = fileURLToPath(new URL("../../packages/cors/", import.meta.url));
const sources = `${root}src/`;

/** One adapter built alone, as a user's bundler would build it. */
export interface Bundle {
  readonly code: string;
  /** What is in it, as paths below `src/`. */
  readonly modules: readonly string[];
  /** What it still imports from outside. */
  readonly imports: readonly string[];
  readonly bytes: number;
  readonly gzipBytes: number;
  /** The bytes of some of its modules, minified and gzipped on their own. */
  readonly weigh: (belongs: (path: string) => boolean) => number;
}

/** The names of the adapters: the entries of the package whose source is in the room `adapters`. */
export function adapterNames(): readonly string[] {
  const manifest: { readonly exports: Readonly<Record<string, { readonly "@corsmith/source"?: unknown } | string>> } =
    JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  return Object.entries(manifest.exports).flatMap(([entry, target]) => {
    const source = typeof target === "string" ? undefined : target["@corsmith/source"];
    return typeof source === "string" && source.startsWith("./src/adapters/") ? [entry.slice(2)] : [];
  });
}

/** All that the adapter exports, with everything that it needs: the checks of a policy and their explanations among it. */
export function bundleWhole(name: string): Promise<Bundle> {
  return bundle(`export * from "@corsmith/cors/${name}";`);
}

/**
 * The adapter with the engine and a policy that was sealed before: what a program ships that checks its policy while it is built. Nothing
 * is taken out by hand; the bundler leaves out what is not used.
 */
export function bundleWithEngine(name: string): Promise<Bundle> {
  return bundle(
    `export { enforce } from "@corsmith/cors/${name}"; export { restorePolicy } from "@corsmith/cors/sealed";`,
  );
}

/** A part of the library that is no adapter: `explain/index.ts`. */
export function bundlePart(path: string): Promise<Bundle> {
  return bundle(`export * from "./${path}";`);
}

/** A program, built as its author would build it. */
export function bundleProgram(file: string): Promise<Bundle> {
  return bundle(`export { default } from ${JSON.stringify(file)};`);
}

async function bundle(entry: string): Promise<Bundle> {
  const entryPath = `${sources}entry-of-the-test.ts`;
  const build = await rolldown({
    input: entryPath,
    platform: "neutral",
    resolve: { conditionNames: ["@corsmith/source"] },
    external: [/^node:/],
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entryPath ? id : undefined),
        load: (id) => (id === entryPath ? entry : undefined),
      },
    ],
  });
  try {
    const { output } = await build.generate({ format: "esm", minify: true });
    const [chunk, ...more] = output;
    if (more.length > 0) throw new Error("An adapter is one file; something in it is loaded on demand.");
    const rendered = Object.entries(chunk.modules).map(
      ([path, module]) => [path.slice(sources.length), module.code ?? ""] as const,
    );
    return {
      code: chunk.code,
      modules: Object.keys(chunk.modules)
        .filter((path) => path.startsWith(sources) && path !== entryPath)
        .map((path) => path.slice(sources.length)),
      imports: chunk.imports,
      bytes: chunk.code.length,
      gzipBytes: gzipSync(chunk.code, { level: 9 }).length,
      weigh: (belongs) => {
        const code = rendered.flatMap(([path, text]) => (belongs(path) ? [text] : [])).join("\n");
        return gzipSync(minifySync("part.js", code, { mangle: { toplevel: true } }).code, { level: 9 }).length;
      },
    };
  } finally {
    await build.close();
  }
}
