import type { Server } from "node:http";
import { Server as NetServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { ClientConnections } from "./inbound/connections.ts";

/** Milliseconds for which a connection must have been silent before it is taken for idle while draining. */
const silentMs = 250;
const sweepMs = 50;

/**
 * Closes a server: it accepts no new connection, lets the requests under way finish, and cuts off what is left at the end.
 *
 * @param onClosing is called when the listener is closed: from now on answers close their connections
 */
export async function drain(
  server: Server,
  connections: ClientConnections,
  drainSeconds: number,
  onClosing: () => void,
): Promise<void> {
  await quietTurn(server);
  // The plain `close` of the listener: `Server.prototype.close` would also cut connections that are idle at this instant, and with them
  // the requests that are on their way on these.
  const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
  // Only now is a client told to go: one that connects again must meet a closed door, not one that closes on it.
  onClosing();
  const begun = performance.now();
  while (connections.size > 0 && performance.now() < begun + drainSeconds * 1_000) {
    await delay(sweepMs);
    if (performance.now() - begun >= silentMs) connections.closeIdle(silentMs);
  }
  connections.destroyAll();
  server.closeAllConnections();
  await closed;
  // Ends the timer that Node checks its time limits by; the listener itself is closed already.
  server.close();
}

/** A turn of the event loop that took less, in milliseconds, did next to nothing but look for new connections. */
const quietMs = 0.05;
/** Under load no turn may ever be that short. */
const maxWaitMs = 250;
/** The first turn may have begun before the last connection came in. */
const minTurns = 3;

/**
 * Resolves right after a turn of the event loop in which no connection came in and hardly anything else happened. A listener that is closed
 * then cuts off no client: one that the kernel has connected, but that was not accepted before the listener closes, gets a reset, and
 * the longer the turn was, the more of them there are.
 */
async function quietTurn(server: Server): Promise<void> {
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
    const quiet = turn >= minTurns && !fresh && now - before < quietMs;
    if (quiet || now - begun > maxWaitMs) break;
  }
  server.off("connection", notice);
}
