import { setTimeout as sleep } from "node:timers/promises";

/** How long to wait for what an engine says of a fetch after the script has heard of it: it comes by another way. */
export interface QuietTime {
  /** For anything at all. */
  readonly firstMs: number;
  /** For the rest, once it has begun. */
  readonly restMs: number;
}

/** Waits until `hasBegun`, or until it is clear that nothing comes, and then a little for the rest. */
export async function waitForWords(hasBegun: () => boolean, { firstMs, restMs }: QuietTime): Promise<void> {
  const stepMs = 5;
  for (let waited = 0; waited < firstMs && !hasBegun(); waited += stepMs) await sleep(stepMs);
  if (hasBegun()) await sleep(restMs);
}
