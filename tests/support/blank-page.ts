import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A web page with nothing on it, for a test to run scripts on. */
export interface BlankPage {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves one on a port of 127.0.0.1 that the system chose, whatever host name it is asked by. */
export async function startBlankPage(): Promise<BlankPage> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end('<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:," /></html>');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
