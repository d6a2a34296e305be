import { createServer as createHttp1Server, type RequestListener } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import type { AddressInfo, Server } from "node:net";

/** A server that answers on a port of 127.0.0.1. */
export interface Running {
  readonly port: number;
  close(): Promise<void>;
}

interface HttpServer extends Server {
  closeAllConnections?(): void;
}

/** A server of that version of HTTP; both without TLS. Frameworks that take both ask for the types of HTTP/1. */
export function serverFor(http2: boolean, listener: RequestListener): Server {
  return http2 ? createHttp2Server(listener as never) : createHttp1Server(listener);
}

/** Lets it listen on a port that the system chose. */
export async function listen(server: HttpServer): Promise<Running> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return running(server);
}

/** One that listens already. */
export function running(server: HttpServer, beforeClose: () => Promise<unknown> = async () => {}): Running {
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections?.();
      await beforeClose();
      await closed;
    },
  };
}
