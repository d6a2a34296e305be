import { inject } from "vitest";
import { pack } from "../../tools/packages/pack.ts";

/** Packs a package as the sources are now. Throws with the compiler's words when they do not compile. */
export function packBuilt(folder: string, destination: string): string {
  const complaint = inject("compilerComplaint");
  if (complaint !== "") throw new Error(`The packages do not compile:\n${complaint}`);
  return pack(folder, destination);
}
