import process from "node:process";

const cleanups = new Set<() => void>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs `cleanup` (synchronous) if this process ends, by itself or by a signal, before the returned function is called. */
export function onExit(cleanup: () => void): () => void {
  if (cleanups.size === 0) watch("on");
  cleanups.add(cleanup);
  return () => {
    if (cleanups.delete(cleanup) && cleanups.size === 0) watch("off");
  };
}

function cleanUp(): void {
  // The last one first: a program is ended before the folder is removed that it writes to.
  for (const cleanup of [...cleanups].reverse()) cleanup();
  cleanups.clear();
}

/** Ends by the same signal, as it would have without us; unless another listener means to end it in order. */
function onSignal(signal: NodeJS.Signals): void {
  cleanUp();
  watch("off");
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function watch(how: "on" | "off"): void {
  process[how]("exit", cleanUp);
  for (const signal of signals) process[how](signal, onSignal);
}
