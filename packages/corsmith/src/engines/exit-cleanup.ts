import process from "node:process";

type Rite = () => void;
const rites = new Set<Rite>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Has `rite` (synchronous) done should this process end before the returned function takes it back: by itself, or by a signal. */
export function atTheEnd(rite: Rite): () => void {
  if (rites.size === 0) watch();
  rites.add(rite);
  return () => {
    if (rites.delete(rite) && rites.size === 0) unwatch();
  };
}

function perform(): void {
  for (const rite of rites) rite();
  rites.clear();
}

/** Ends by the same signal, as it would have without us; unless somebody else listens too and means to end it in order. */
function onSignal(signal: NodeJS.Signals): void {
  perform();
  unwatch();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function watch(): void {
  process.on("exit", perform);
  for (const signal of signals) process.on(signal, onSignal);
}

function unwatch(): void {
  process.off("exit", perform);
  for (const signal of signals) process.off(signal, onSignal);
}
