// What the examples of this folder share: a server on a port that the system chose, and a page's request to it.

import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export const page = "https://app.example.com";
export const evil = "https://evil.example";

export interface Answer {
  readonly status: number;
  readonly allowOrigin: string | null;
  readonly allowCredentials: string | null;
}

/** Serves it, lets `look` ask, and stops. */
export async function serve(listener: RequestListener, look: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  try {
    await look(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** What a page's script would cause to be sent. */
export async function ask(url: string, origin: string, method = "GET"): Promise<Answer> {
  return read(await fetch(url, { method, headers: { origin } }));
}

/** What a browser asks before a script's PUT. */
export async function preflight(url: string, origin: string): Promise<Answer> {
  const headers = { origin, "access-control-request-method": "PUT" };
  return read(await fetch(url, { method: "OPTIONS", headers }));
}

function read(response: Response): Answer {
  return {
    status: response.status,
    allowOrigin: response.headers.get("access-control-allow-origin"),
    allowCredentials: response.headers.get("access-control-allow-credentials"),
  };
}
