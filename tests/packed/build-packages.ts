import type { TestProject } from "vitest/node";
import { build } from "../../tools/packages/build.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What the compiler said against the packages; empty when they compile. */
    readonly compilerComplaint: string;
  }
}

/**
 * Runs once before all tests of this folder: what they pack must be built from the sources as they are now. A failure is handed on
 * to them, because an error thrown here would end the run of every other test as well.
 */
export async function setup({ provide }: TestProject): Promise<void> {
  const { code, output } = await build();
  provide("compilerComplaint", code === 0 ? "" : output || `the compiler ended with ${code}`);
}
