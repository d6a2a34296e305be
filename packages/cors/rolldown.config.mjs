// How the library's code is bundled for its package: every entry of package.json once as a module and once as CommonJS, with shared
// chunks, so that few files are loaded and each module exists once a format. Plain JavaScript, because images are built by it on any Node.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./", import.meta.url));

/**
 * The shared chunks, the first that matches first; a module that only one entry needs stays in that entry's file. A chunk takes what its
 * modules import along, unless one before it has it. The two formats of a chunk lie side by side in the tarball, and gzip looks back
 * 32 kB: the second costs next to nothing as long as a chunk is smaller than that, which a test of the tarball watches.
 *
 * @type {readonly { readonly name: string; readonly test: RegExp; readonly minShareCount: number; readonly maxSize?: number }[]}
 */
const chunks = [
  {
    name: "decide",
    test: /\/src\/(?:http|decide|respond)\/(?!target|header-lines|refuse-upgrade|merge-expose)|\/src\/policy\/(?:policy|compile-policy|lookup-runtime)\.|\/src\/origin\/(?:host|origin-|parse-origin\.|public-suffix)/,
    minShareCount: 2,
  },
  { name: "policy", test: /\/src\/(?:policy|origin|finding)/, minShareCount: 2 },
  { name: "adapters", test: /\/src\/(?:http|decide|respond|observe|routes|adapters)\//, minShareCount: 2 },
  { name: "failures", test: /\/src\/failures\//, minShareCount: 2 },
  { name: "chapters", test: /\/src\/failures\/chapters\//, minShareCount: 1, maxSize: 30_000 },
  { name: "snippets", test: /\/src\/explain\/snippets\//, minShareCount: 1 },
  { name: "explain", test: /\/src\/(?:explain|failures)\//, minShareCount: 1 },
  { name: "request", test: /\/src\/browser\/(?:engines|request)\//, minShareCount: 2 },
  { name: "response", test: /\/src\/browser\/(?:cache|cors|response|transport)\//, minShareCount: 2 },
  { name: "browser", test: /\/src\/browser\//, minShareCount: 2 },
  { name: "from", test: /\/src\/from\//, minShareCount: 2 },
];

/** The entries by their names below `dist/esm` and `dist/cjs`: `{ express: "…/src/adapters/express.ts" }`. */
export const entries = Object.fromEntries(
  Object.entries(JSON.parse(readFileSync(`${folder}package.json`, "utf8")).exports).flatMap(([subpath, target]) => {
    const source = target["@corsmith/source"]?.default ?? target["@corsmith/source"];
    return source === undefined ? [] : [[subpath === "." ? "index" : subpath.slice(2), `${folder}${source.slice(2)}`]];
  }),
);

/**
 * @param {"esm" | "cjs"} format
 * @returns {import("rolldown").InputOptions & { output: import("rolldown").OutputOptions & { dir: string } }}
 */
function bundle(format) {
  return {
    input: entries,
    platform: "neutral",
    plugins: [brokenLines, ...(format === "cjs" ? [commonJs] : [])],
    output: {
      dir: `${folder}dist/${format}`,
      format,
      chunkFileNames: "shared/[name].js",
      minifyInternalExports: false,
      codeSplitting: { groups: chunks.map((chunk, index) => ({ ...chunk, priority: chunks.length - index })) },
      // Names of functions stay, for stack traces.
      minify: { compress: true, mangle: { toplevel: false }, codegen: { removeWhitespace: true } },
    },
  };
}

/**
 * A line a statement: Node prints the line that threw, and without this that would be the whole file.
 *
 * @type {import("rolldown").Plugin}
 */
const brokenLines = {
  name: "broken-lines",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== "chunk") continue;
      const starts = statementStarts(this.parse(file.code)).sort((one, other) => one - other);
      const pieces = [0, ...starts].map((start, index) => file.code.slice(start, starts[index]));
      file.code = pieces.filter((piece) => piece !== "").join("\n");
    }
  },
};

/**
 * Where the statements of a program begin, those in blocks too.
 *
 * @param {unknown} node
 * @returns {number[]}
 */
function statementStarts(node) {
  if (typeof node !== "object" || node === null) return [];
  const inside = Object.values(node).flatMap(statementStarts);
  if (!("body" in node && Array.isArray(node.body))) return inside;
  return [...node.body.map(({ start }) => start), ...inside];
}

/** The package's files are modules, but those of this folder are not. */
const commonJs = {
  name: "package-type",
  /** @this {import("rolldown").PluginContext} */
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "package.json", source: '{ "type": "commonjs" }\n' });
  },
};

export default [bundle("esm"), bundle("cjs")];
