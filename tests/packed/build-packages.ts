import { build } from "../../tools/packages/build.ts";

/** Runs once before all tests of this folder: what they pack must be built from the sources as they are now. */
export function setup(): void {
  const { code, output } = build();
  if (code !== 0) throw new Error(`The packages do not compile:\n${output}`);
}
