import { existsSync, globSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Deletes from a package's `dist/` what has no source in `src/` any more. tsc leaves the output of deleted and renamed sources
 * where it is, and it would be published.
 */
export function pruneDist(folder: string): void {
  const dist = join(folder, "dist");
  for (const output of globSync("**/*.{js,d.ts,js.map,d.ts.map}", { cwd: dist })) {
    const source = output.replace(/(?:\.d\.ts|\.js)(?:\.map)?$/, ".ts");
    if (!existsSync(join(folder, "src", source))) rmSync(join(dist, output));
  }
}
