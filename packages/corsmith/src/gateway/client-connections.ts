import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ResponseRelay } from "./response-relay.ts";

interface ClientConnection {
  /** Requests that are not answered to the end. */
  underway: number;
  /** The relay of the request that came last. */
  relay: ResponseRelay | undefined;
  /** Was a request refused for its form? What comes behind it is then no request. */
  refused: boolean;
  /** When the last answer ended, and how many bytes had come by then. More bytes are the beginning of a request. */
  idleSince: number;
  bytesAtIdle: number;
}

/** The connections of clients, and what is under way on each. */
export class ClientConnections {
  readonly #connections: Map<Duplex, ClientConnection> = new Map();

  /** How many there are. */
  get size(): number {
    return this.#connections.size;
  }

  add(socket: Socket): void {
    const idleSince = performance.now();
    this.#connections.set(socket, { underway: 0, relay: undefined, refused: false, idleSince, bytesAtIdle: 0 });
    socket.once("close", () => this.#connections.delete(socket));
  }

  /** A request begins. `false` if it must not be served, because one before it on this connection was refused for its form. */
  begin(socket: Socket): boolean {
    const connection = this.#connections.get(socket);
    if (connection === undefined || connection.refused) return false;
    connection.underway += 1;
    return true;
  }

  /** A request on this connection was refused for its form. */
  refuse(socket: Socket): void {
    const connection = this.#connections.get(socket);
    if (connection !== undefined) connection.refused = true;
  }

  /** The request is being answered by this relay. */
  relayed(socket: Socket, relay: ResponseRelay): void {
    const connection = this.#connections.get(socket);
    if (connection !== undefined) connection.relay = relay;
  }

  /** The answer has ended, one way or another. */
  end(socket: Socket): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    connection.underway -= 1;
    if (connection.underway > 0) return;
    connection.relay = undefined;
    connection.idleSince = performance.now();
    connection.bytesAtIdle = socket.bytesRead;
  }

  /** How many requests are under way on this connection, and by which relay the last one is answered. */
  on(socket: Duplex): { readonly underway: number; readonly relay: ResponseRelay | undefined } {
    return this.#connections.get(socket) ?? { underway: 0, relay: undefined };
  }

  /** Closes the connections on which nothing has been going on for so many milliseconds. */
  closeIdle(idleMs: number): void {
    const before = performance.now() - idleMs;
    for (const [socket, connection] of this.#connections) {
      const quiet = connection.underway === 0 && bytesRead(socket) === connection.bytesAtIdle;
      if (quiet && connection.idleSince <= before) socket.destroy();
    }
  }

  /** Cuts off whatever is left. */
  destroyAll(): void {
    for (const socket of this.#connections.keys()) socket.destroy();
  }
}

function bytesRead(socket: Duplex): number {
  return "bytesRead" in socket && typeof socket.bytesRead === "number" ? socket.bytesRead : 0;
}
