import { closeSync, openSync } from "node:fs";
import process from "node:process";

/** What a program does when it is to end, or to read its configuration again. */
export interface SignalHandlers {
  /** SIGTERM or SIGINT, once; also SIGHUP because the terminal was closed. */
  onStop(signal: NodeJS.Signals): void;
  /** SIGINT again: end now, without waiting. */
  onSecondInterrupt(): void;
  onReload(): void;
}

/** One Ctrl-C can arrive twice: from the terminal, and handed on by the npm that started us. In milliseconds. */
const sameKeypressMs = 1_000;

/** Listens for signals until the returned function is called. */
export function listenForSignals(handlers: SignalHandlers): () => void {
  let stoppedAt: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (stoppedAt === undefined) {
      stoppedAt = performance.now();
      handlers.onStop(signal);
    } else if (signal === "SIGINT" && performance.now() - stoppedAt > sameKeypressMs) {
      handlers.onSecondInterrupt();
    }
  };
  const hadTerminal = hasTerminal();
  const reload = (signal: NodeJS.Signals): void => {
    if (hadTerminal && !hasTerminal()) stop(signal);
    else handlers.onReload();
  };
  process.on("SIGTERM", stop).on("SIGINT", stop).on("SIGHUP", reload);
  return () => {
    process.off("SIGTERM", stop).off("SIGINT", stop).off("SIGHUP", reload);
  };
}

/** Closing a terminal's window sends SIGHUP too: a program that then went on would run forever, unseen. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
