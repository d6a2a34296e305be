import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allHosts } from "./hosts/all-hosts.ts";
import { plainSetup } from "./hosts/host.ts";
import type { Running } from "./support/listen.ts";
import { app } from "./table/policies.ts";

/** Sends a request line alone, as the simplest health checks do: HTTP/1.0 asks for no header, not even `Host`. */
function askWithoutHeaders(port: number, line: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.end(`${line} HTTP/1.0\r\n\r\n`);
  return text(socket);
}

/** `@hono/node-server` answers 400 itself where `Host` is missing, before any application. */
const demandingHost: readonly string[] = ["fetch", "hono"];

const hosts = allHosts.filter(({ adapter }) => !demandingHost.includes(adapter));

describe.each(hosts.map((host) => [host.name, host] as const))("%s, asked by HTTP/1.0", (_, host) => {
  let server: Running;
  beforeAll(async () => {
    server = await host.start({ allowOrigins: [app], crossOriginProtection: true }, plainSetup);
  });
  afterAll(() => server?.close());

  test.each([
    ["GET /ok", "200"],
    ["POST /ok", "200"],
    ["GET /nowhere", "404"],
  ])("%s without any header is served: %s", async (line, status) => {
    const answer = await askWithoutHeaders(server.port, line);
    expect(answer.split(" ")[1]).toBe(status);
    expect(answer).toMatch(/^vary: origin\r$/im);
    expect(answer).not.toMatch(/^access-control-/im);
  });
});
