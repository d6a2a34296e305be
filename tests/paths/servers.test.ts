import { connect } from "node:net";
import { definePolicy } from "@corsmith/cors";
import { compileRouteTable, routeFor } from "@corsmith/cors/routes";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { effort } from "../support/effort.ts";
import { requireProgram } from "../support/real-thing.ts";
import { type PathServers, secret, startPathServers } from "./servers.ts";

const open = definePolicy({ allowOrigins: "*" });
const shut = definePolicy({ allowOrigins: ["https://app.example.com"] });
/** Under each of them /admin/s is shut, and what is beside it is open. */
const tables = [
  compileRouteTable(shut, [{ path: "/public", policy: open }]),
  compileRouteTable(open, [{ path: "/admin", policy: shut }]),
  compileRouteTable(open, [{ path: "/admin/s", policy: shut }]),
];

const pieces = [
  ...["/", "/", "/", "public", "public", "admin", "s", "x", ".", "..", "..", ";", "\\", "//", "/../", "..;/", ";x=1"],
  ...["%2f", "%2F", "%5c", "%3b", "%2e", "%2e%2e", "%61dmin", "%252e%252e", "%252f", "%253b", "%3f", "%23", "%00"],
  ...["%09", "%20", "ADMIN", "%c0%ae", "%ef%bc%8f", ":", "@", "%25"],
];
const ends = [
  "/admin/s",
  "admin/s",
  "%2fadmin%2fs",
  "\\admin\\s",
  "/%61dmin/s",
  "/admin/s;x",
  "/admin//s",
  "/admin/./s",
];
const tails = ["", "", "", ";", "%00", "/", "%3fx", "/x/..", "%20"];
const paths = fc
  .tuple(
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }),
    fc.constantFrom(...ends),
    fc.constantFrom(...tails),
  )
  .map(([parts, end, tail]) => `/${parts.join("")}${end}${tail}`);

const installed =
  requireProgram("/usr/sbin/nginx", "nginx-light") &&
  requireProgram("/usr/sbin/apache2", "apache2") &&
  requireProgram("/usr/bin/caddy", "caddy") &&
  requireProgram("/usr/bin/python3", "python3");

describe.skipIf(!installed)("S97: no spelling that gets a grant is another route to a real server", () => {
  let running: PathServers;
  beforeAll(async () => {
    running = await startPathServers();
  });
  afterAll(() => running.stop());

  test("each of them knows the file by its plain path", async () => {
    for (const { name, port } of running.servers) expect(await ask(port, "/admin/s"), name).toContain(secret);
  });

  test("and by none that is granted", { timeout: 600_000 }, async () => {
    let granted = 0;
    const property = fc.asyncProperty(paths, async (path) => {
      const isGranted = tables.some((table) => routeFor(table, path).policy === open);
      if (!isGranted) return;
      granted += 1;
      await Promise.all(
        running.servers.map(async ({ name, port }) =>
          expect(await ask(port, path), `${name}: ${path}`).not.toContain(secret),
        ),
      );
    });
    const tried = effort(15_000);
    await fc.assert(property, tried);
    expect(granted).toBeGreaterThan(tried.numRuns / 4);
  });
});

/** The answer to these very bytes; what there is of it, if the server leaves. */
function ask(port: number, path: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1");
    socket
      .setEncoding("latin1")
      .on("data", (text) => {
        answer += text;
      })
      .on("error", () => undefined)
      .on("close", () => resolve(answer))
      .setTimeout(5_000, () => socket.destroy())
      .write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  });
}
