import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";

/** What came of a WebSocket: the first message of the server, or the status of its refusal. */
export type SocketOutcome =
  | { readonly opened: true; readonly message: string }
  | { readonly opened: false; readonly status: number };

/** Opens a WebSocket as a browser would, with the headers that no script can set, and closes it again. */
export async function askForSocket(url: string, headers: Record<string, string>): Promise<SocketOutcome> {
  const socket = new WebSocket(url, { headers, handshakeTimeout: 5_000 });
  socket.on("error", () => {});
  const message = new Promise<SocketOutcome>((resolve) => {
    socket.once("message", (data) => resolve({ opened: true, message: String(data) }));
  });
  const refusal = new Promise<SocketOutcome>((resolve) => {
    socket.on("unexpected-response", (request: { destroy(): void }, response: IncomingMessage) => {
      resolve({ opened: false, status: response.statusCode ?? 0 });
      request.destroy();
    });
  });
  // Some servers refuse by closing the connection.
  const broken = new Promise<SocketOutcome>((resolve) => {
    socket.once("close", () => resolve({ opened: false, status: 0 }));
  });
  const outcome = await Promise.race([message, refusal, broken]);
  socket.terminate();
  return outcome;
}
