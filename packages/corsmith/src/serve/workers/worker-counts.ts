import { Recorder } from "../../journal/counting/recorder.ts";
import { WritePump } from "../../journal/counting/write-pump.ts";
import type { DecisionRecorder } from "../../journal/journal.ts";
import type { WorkerMessage } from "./worker-messages.ts";

/** What a worker counts for the journal, which the primary alone writes. */
export interface WorkerCounts {
  readonly recorder: DecisionRecorder;
  /** The primary has taken the counts of this number in. */
  taken(sequence: number): void;
  /** Sends what is left. Resolves when the primary has it. */
  close(): Promise<void>;
}

/** How long the primary may take, in milliseconds, before the same is sent once more. */
const patience = 5_000;

/** Counts decisions, and sends them to the primary twice a second. */
export function countForPrimary(tell: (message: WorkerMessage) => Promise<void>): WorkerCounts {
  const recorder = new Recorder();
  let waiting: { readonly sequence: number; readonly resolve: () => void } | undefined;
  const pump = new WritePump({
    recorder,
    deliver: async (delta, sequence) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting = { sequence, resolve };
      const timer = setTimeout(() => reject(new Error("The primary does not take the counts in.")), patience);
      await tell({ type: "delta", sequence, delta });
      await promise.finally(() => clearTimeout(timer));
    },
  });
  return {
    recorder,
    taken(sequence) {
      if (waiting?.sequence === sequence) waiting.resolve();
    },
    close: () => pump.close(),
  };
}
