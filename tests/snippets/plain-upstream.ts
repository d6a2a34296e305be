import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An API behind a proxy: answers everything with 200 and an ETag, fails at /fails, and knows nothing of CORS. */
export interface PlainUpstream {
  readonly url: string;
  stop(): void;
}

/**
 * Starts it. With `decorated` it sends a wildcard of its own, as an API does that was told to "just allow everything": a proxy that owns
 * CORS has to take it away.
 */
export async function startPlainUpstream({ decorated }: { readonly decorated: boolean }): Promise<PlainUpstream> {
  const server = createServer((request, response) => {
    const failed = request.url === "/fails";
    if (decorated) response.setHeader("Access-Control-Allow-Origin", "*");
    response.writeHead(failed ? 500 : 200, { etag: '"1"', "content-type": "text/plain" });
    response.end(failed ? "it broke" : "it works");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
