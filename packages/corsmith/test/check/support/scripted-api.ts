import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";

/** What one request gets. */
export type Script = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback that answers as a test says, and remembers what it was asked. */
export class ScriptedApi implements AsyncDisposable {
  readonly #server: Server;
  readonly url: string;
  /** `GET /orders`, in order. */
  readonly asked: string[] = [];
  /** The heads of the requests, in order. */
  readonly heads: IncomingMessage["headers"][] = [];

  private constructor(server: Server, scheme: "http" | "https") {
    this.#server = server;
    this.url = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** @param tls with a key and a certificate it speaks https: */
  static async start(script: Script, tls?: ServerOptions): Promise<ScriptedApi> {
    const server = tls === undefined ? createServer() : createTlsServer(tls);
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const api = new ScriptedApi(server, tls === undefined ? "http" : "https");
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      api.asked.push(`${request.method} ${request.url}`);
      api.heads.push(request.headers);
      script(request, response);
    });
    return api;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}

/** An array keeps two lines of one name apart. */
type Lines = Record<string, string> | string[];

/** Answers every request so. */
export function always(status: number, headers: Lines = {}, body = ""): Script {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Answers `OPTIONS` by the first script, all else by the second. */
export function preflightAnd(preflight: Script, request: Script): Script {
  return (incoming, response) => (incoming.method === "OPTIONS" ? preflight : request)(incoming, response);
}
