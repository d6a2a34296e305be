import type { Logger } from "pino";
import { deliveryIntervalMs, Recorder, recorderOutbox } from "../../journal/counting/recorder.ts";
import { reportCountingError } from "../session-journal.ts";
import type { WorkerMessage } from "./worker-messages.ts";

/** What a worker counts for the journal, which the primary alone writes. */
export type WorkerCounts = ReturnType<typeof countForPrimary>;

/** How long the primary may take, in milliseconds, before the same is sent once more. */
const timeoutMs = 5_000;

/** Counts decisions, and sends them to the primary twice a second. */
export function countForPrimary(send: (message: WorkerMessage) => Promise<void>, log: Logger) {
  const recorder = new Recorder({ onError: (error) => reportCountingError(log, error) });
  let waiting: { readonly sequence: number; readonly resolve: () => void } | undefined;
  const outbox = recorderOutbox(recorder, {
    deliver: async (delta, sequence) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting = { sequence, resolve };
      const timer = setTimeout(() => reject(new Error("The primary does not take the counts.")), timeoutMs);
      await send({ type: "delta", sequence, delta });
      await promise.finally(() => clearTimeout(timer));
    },
  });
  const timer = setInterval(() => outbox.tick(), deliveryIntervalMs).unref();
  return {
    recorder,
    /** To be called when the primary has the counts of this number. */
    received(sequence: number): void {
      if (waiting?.sequence === sequence) waiting.resolve();
    },
    /** Sends what is left. Resolves when the primary has it. */
    close(): Promise<void> {
      clearInterval(timer);
      return outbox.flush();
    },
  };
}
