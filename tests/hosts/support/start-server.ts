import { Server } from "node:net";
import { vi } from "vitest";
import { type Running, running } from "../../frameworks/support/listen.ts";
import { importServer } from "./import-server.ts";

/** Starts a server of `servers/` as it is written, but on a port that the system chooses. */
export async function startServer(name: string): Promise<Running> {
  const servers: Server[] = [];
  const listen: (port: number, host: string, ready: () => void) => Server = Server.prototype.listen;
  const spy = vi.spyOn(Server.prototype, "listen").mockImplementation(function (this: Server, ...given: unknown[]) {
    servers.push(this);
    return listen.call(this, 0, "127.0.0.1", () => {
      for (const ready of given) if (typeof ready === "function") ready();
    });
  });
  try {
    await importServer(name);
  } finally {
    spy.mockRestore();
  }
  const [server] = servers;
  if (server === undefined) throw new Error(`${name} does not listen`);
  if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
  return running(server);
}
