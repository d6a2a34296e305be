import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

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
}

/** The names of the adapters: the entries of the package whose source is in the room `adapters`. */
export function adapterNames(): readonly string[] {
  const manifest: { readonly exports: Readonly<Record<string, { readonly "@corsmith/source"?: string } | string>> } =
    JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  return Object.entries(manifest.exports).flatMap(([entry, target]) => {
    const source = typeof target === "string" ? "" : (target["@corsmith/source"] ?? "");
    return source.startsWith("./src/adapters/") ? [entry.slice(2)] : [];
  });
}

/** The adapter with everything that it needs, the checks of a policy and their explanations among it. */
export function bundleWhole(name: string): Promise<Bundle> {
  return bundle(`export * from "./adapters/${name}.ts";`, []);
}

/**
 * The adapter with the engine: what runs for each request, and what a checked policy is compiled to. Without the reading of a policy,
 * which happens once, when the program starts, and is the same in every adapter.
 */
export function bundleWithEngine(name: string): Promise<Bundle> {
  const compile = 'export { compilePolicy } from "./policy/compile-policy.ts";';
  return bundle(`export * from "./adapters/${name}.ts"; ${compile}`, [/policy\/define-policy\.ts$/]);
}

/** A part of the library that is no adapter: `explain/index.ts`. */
export function bundlePart(path: string): Promise<Bundle> {
  return bundle(`export * from "./${path}";`, []);
}

async function bundle(entry: string, leftOut: readonly RegExp[]): Promise<Bundle> {
  const entryPath = `${sources}entry-of-the-test.ts`;
  const build = await rolldown({
    input: entryPath,
    platform: "neutral",
    resolve: { conditionNames: ["@corsmith/source"] },
    external: [/^node:/, ...leftOut],
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
    return {
      code: chunk.code,
      modules: Object.keys(chunk.modules)
        .filter((path) => path.startsWith(sources) && path !== entryPath)
        .map((path) => path.slice(sources.length)),
      imports: chunk.imports,
      bytes: chunk.code.length,
      gzipBytes: gzipSync(chunk.code, { level: 9 }).length,
    };
  } finally {
    await build.close();
  }
}
