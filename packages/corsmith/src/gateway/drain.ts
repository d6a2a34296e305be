import type { Server } from "node:net";

/** A turn of the event loop that took less, in milliseconds, did next to nothing but look for new connections. */
const quietMs = 0.05;
/** Under load no turn may ever be that short. */
const longestWaitMs = 250;
/** The first turn may have begun before the last connection came in. */
const fewestTurns = 3;

/**
 * Resolves right after a turn of the event loop in which no connection came in and hardly anything else happened. A listener that is closed
 * then cuts off nobody: a client that the kernel has connected, but that nobody has accepted when the listener closes, gets a reset, and
 * the longer the turn was, the more of them there are.
 */
export async function quietTurn(server: Server): Promise<void> {
  let fresh = false;
  const notice = (): void => {
    fresh = true;
  };
  server.on("connection", notice);
  const begun = performance.now();
  for (let turn = 1; ; turn += 1) {
    const before = performance.now();
    fresh = false;
    await new Promise((resolve) => setImmediate(resolve));
    const now = performance.now();
    const quiet = turn >= fewestTurns && !fresh && now - before < quietMs;
    if (quiet || now - begun > longestWaitMs) break;
  }
  server.off("connection", notice);
}
