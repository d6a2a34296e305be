import { cpSync, globSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import configurations, { entries } from "../../packages/cors/rolldown.config.mjs";

const folder = fileURLToPath(new URL("../../packages/cors/", import.meta.url));
const dist = join(folder, "dist");

/** Entries whose types are written by hand, since what they add to is not ours: the matchers of test runners. */
const writtenByHand: readonly string[] = ["testing/jest", "testing/vitest"];
const bundled = Object.entries(entries).filter(([name]) => !writtenByHand.includes(name));

/** Bundles the library's code and declarations into its `dist/`, and clears away what an earlier build left there. */
export async function bundleLibrary(): Promise<void> {
  const written = new Set<string>();
  for (const configuration of configurations) {
    const { output } = await build(configuration);
    for (const { fileName } of output) written.add(join(configuration.output.dir, fileName));
  }
  for (const file of [...(await bundleTypes()), ...copyWrittenTypes(), ...writeModuleTypes()]) written.add(file);
  for (const file of globSync("**/*", { cwd: dist, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile() && !written.has(path)) rmSync(path);
  }
}

/** What declarations hold and nobody needs there: examples, which are in the sources, and where a part of the bundle comes from. */
const left = [/\n\s*\* ?@example\b[\s\S]*?(?=\n\s*\*(?:\/| ?@))/g, /^\/\/ packages\/.*\n/gm];

/** A row of a table of texts, of which the types are only the keys: `readonly "bad-port": readonly ["Port blocking", "block-bad-port"];` */
const textRow = /^( {2}readonly "[^"]+": )readonly \["(?:[^"\\]|\\.)*"(?:, "(?:[^"\\]|\\.)*")*\];$/gm;

/** Bundling loses what a source says of a library that not every program names: `Symbol.dispose`. */
const referenceToDisposable = '/// <reference lib="esnext.disposable" preserve="true" />\n';

const finishTypes: Plugin = {
  name: "finish-types",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== "chunk") continue;
      const code = left
        .reduce((text, piece) => text.replaceAll(piece, ""), file.code)
        .replaceAll(textRow, "$1readonly string[];");
      file.code = `${code.includes("Symbol.dispose") ? referenceToDisposable : ""}${code}`;
    }
  },
};

/**
 * Bundles the declarations, once: those of the modules lead to those of CommonJS, which a module may import. So a `Policy` is one type,
 * by whichever format it came.
 */
async function bundleTypes(): Promise<readonly string[]> {
  const dir = join(dist, "cjs");
  const bundle = await rolldown({
    input: Object.fromEntries(bundled),
    platform: "neutral",
    plugins: [
      dts({ emitDtsOnly: true, oxc: true, tsconfig: join(folder, "tsconfig.json"), cwd: folder, sourcemap: false }),
      finishTypes,
    ],
  });
  try {
    const { output } = await bundle.write({
      dir,
      format: "esm",
      entryFileNames: "[name].js",
      chunkFileNames: "shared/[name].js",
      minifyInternalExports: false,
      codeSplitting: { groups: [{ name: "types.d", minShareCount: 2 }] },
    });
    return output.map(({ fileName }) => join(dir, fileName));
  } finally {
    await bundle.close();
  }
}

function copyWrittenTypes(): readonly string[] {
  return writtenByHand.flatMap((name) =>
    ["esm", "cjs"].map((format) => {
      const file = join(dist, format, `${name}.d.ts`);
      cpSync(join(folder, "types", `${basename(name)}.d.ts`), file);
      return file;
    }),
  );
}

function writeModuleTypes(): readonly string[] {
  return bundled.map(([name]) => {
    const file = join(dist, "esm", `${name}.d.ts`);
    const types = relative(dirname(file), join(dist, "cjs", `${name}.js`)).replaceAll("\\", "/");
    writeFileSync(file, `export * from "${types}";\n`);
    return file;
  });
}
