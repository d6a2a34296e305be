import type { Socket } from "node:net";

/** Passes bytes both ways until either side ends. One that breaks takes the other with it. */
export function joinSockets(client: Socket, server: Socket): void {
  passOn(client, server);
  passOn(server, client);
}

function passOn(from: Socket, to: Socket): void {
  // A tunnel may be silent for long. That the other end is still there is TCP's to find out.
  from.setNoDelay(true).setTimeout(0).setKeepAlive(true, keepAliveMs);
  from.on("error", () => undefined);
  from.once("close", () => to.destroy());
  from.pipe(to);
}

const keepAliveMs = 60_000;
