import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

/** Passes bytes both ways until either side ends. One that breaks takes the other with it. */
export function joinTunnel(client: Socket, server: Socket | Duplex): void {
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    if ("setNoDelay" in from) from.setNoDelay(true);
    // A WebSocket may be silent for long. That the other end is still there is TCP's to find out.
    if ("setTimeout" in from) from.setTimeout(0).setKeepAlive(true, keepAliveMs);
    from.on("error", () => from.destroy());
    from.once("close", () => to.destroy());
    from.pipe(to);
  }
}

const keepAliveMs = 60_000;
