import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP server on a port of 127.0.0.1 that the system chose. */
export interface LoopbackServer {
  readonly url: URL;
  /** Stops at once: connections that are open are cut. */
  close(): Promise<void>;
}

/**
 * Starts one. Throws what the system says where no socket can be opened. The address is the number and not the name `localhost`, which
 * may mean another address family to the browser than to us.
 */
export async function startLoopbackServer(listener: RequestListener): Promise<LoopbackServer> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
