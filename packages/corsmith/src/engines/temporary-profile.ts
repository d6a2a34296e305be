import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RealEngine } from "./engine.ts";
import { atTheEnd } from "./last-rites.ts";

/** A profile that nobody used before, in a folder of its own. */
export interface TemporaryProfile {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Makes one. It is removed at the latest when this process ends. */
export async function makeTemporaryProfile(engine: RealEngine): Promise<TemporaryProfile> {
  const folder = await mkdtemp(join(tmpdir(), `corsmith-${engine}-`));
  // An engine that is ending may still write while we remove.
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
  const takeBack = atTheEnd(() => rmSync(folder, options));
  return {
    folder,
    async remove() {
      await rm(folder, options);
      takeBack();
    },
  };
}
