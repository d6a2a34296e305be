import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An API for an example to stand in front of. It says everything wrong about CORS that an API can say. */
export interface Upstream {
  readonly url: URL;
  /** The requests that reached it, as `GET /orders`. */
  readonly requests: string[];
  close(): Promise<void>;
}

export async function startUpstream(): Promise<Upstream> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    request.resume();
    response.writeHead(200, {
      "Content-Type": "application/json",
      "Access-Control-Allow-Origin": request.headers.origin ?? "*",
      "Access-Control-Allow-Credentials": "true",
      "Access-Control-Allow-Methods": "*",
      "Access-Control-Allow-Headers": "*",
    });
    response.end("{}");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    requests,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
