import { createServer, type Server, type Socket } from "node:net";
import type { ScriptedAnswer } from "../oracle/oracle-case.ts";
import { type RawRequest, requestReader } from "./raw-request.ts";

/** A request as it came, and on which port. */
export interface ArrivedRequest extends RawRequest {
  readonly port: number;
}

/** Says what is answered. */
export type Script = (request: ArrivedRequest) => ScriptedAnswer;

/** Four servers of one script, on four ports of 127.0.0.1 that the system picks. */
export interface ScriptedServer {
  readonly ports: readonly number[];
  close(): Promise<void>;
}

/** Starts them. Answers go out as they are written, byte for byte, one line a header, with nothing added but `content-length`. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const servers = await Promise.all(Array.from({ length: 4 }, () => listen(script, sockets)));
  return {
    ports: servers.map(portOf),
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

async function listen(script: Script, sockets: Set<Socket>): Promise<Server> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    // An engine that hangs up has what it wanted.
    socket.on("error", () => socket.destroy());
    const port = portOf(server);
    const read = requestReader((request) => {
      socket.write(written(script({ ...request, port }), request.method), "latin1");
    });
    socket.on("data", read);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen.");
  return address.port;
}

function written({ status, headers, body = "" }: ScriptedAnswer, method: string): string {
  const bare = status === 204 || status === 304;
  const lines = [
    `HTTP/1.1 ${status} Scripted`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(bare ? [] : [`content-length: ${body.length}`]),
  ];
  return `${lines.join("\r\n")}\r\n\r\n${bare || method === "HEAD" ? "" : body}`;
}
