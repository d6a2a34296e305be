import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import worker from "../../examples/fetch/worker.ts";
import sealedWorker from "../../examples/sealed/worker.ts";
import { type RunningProgram, runProgram } from "../support/running-program.ts";
import { ask, corsLines } from "./support/ask.ts";
import { listen, type Running } from "./support/listen.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = "https://app.example.com";
const readable = ["access-control-allow-credentials: true", `access-control-allow-origin: ${page}`];

/** Starts an example as its README says, and waits until it says where it listens. */
async function startExample(file: string): Promise<Running> {
  const program: RunningProgram = await runProgram(process.execPath, ["--conditions=@corsmith/source", file], {
    cwd: root,
    env: { PORT: "0" },
    ready: /listening on.*?port: (\d+)/s,
  });
  return { port: Number(program.ready[1]), close: async () => void (await program.stop()) };
}

/** Nest needs its decorators compiled. Checked with the sources of the library, then compiled by itself. */
async function startNest(): Promise<Running> {
  const conditions = ["--customConditions", "@corsmith/source"];
  for (const step of [
    ["--noEmit", "--allowImportingTsExtensions", ...conditions],
    ["--noCheck", "--noResolve"],
  ]) {
    const tsc = ["node_modules/typescript/bin/tsc", "-p", "examples/nest", ...step];
    const { stdout, stderr } = spawnSync(process.execPath, tsc, { cwd: root, encoding: "utf8" });
    expect(stdout + stderr).toBe("");
  }
  return startExample("examples/nest/dist/main.js");
}

async function startWorker(fetch: (request: Request) => Promise<Response>): Promise<Running> {
  vi.spyOn(console, "error").mockImplementation(() => {});
  return listen(createServer(getRequestListener(fetch)));
}

describe.each<readonly [string, () => Promise<Running>]>([
  ...["node", "express", "fastify", "koa", "hono", "h3"].map(
    (name) => [name, () => startExample(`examples/${name}/server.ts`)] as const,
  ),
  ["fetch", () => startWorker(worker.fetch)],
  ["sealed", () => startWorker(sealedWorker.fetch)],
  ["nest", startNest],
])("examples/%s", (_, start) => {
  let server: Running;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.close());

  it.each([
    ["a success", "/orders", 200],
    ["a thrown error", "/broken", 500],
    ["a path that is not there", "/missing", 404],
  ])("S77: the page reads %s", async (_name, path, status) => {
    const got = await ask(server.port, { path, headers: [["Origin", page]] });
    expect([got.status, ...corsLines(got)]).toEqual([status, ...readable]);
  });

  it("S5: the page passes a preflight and does what it asked for", async () => {
    const headers = [
      ["Origin", page],
      ["Access-Control-Request-Method", "PUT"],
    ] as const;
    const preflight = await ask(server.port, { method: "OPTIONS", path: "/orders/1", headers });
    expect([preflight.status, ...corsLines(preflight)]).toEqual([
      204,
      readable[0],
      "access-control-allow-headers: content-type",
      "access-control-allow-methods: PUT",
      readable[1],
      "access-control-max-age: 600",
    ]);
    const put = await ask(server.port, { method: "PUT", path: "/orders/1", headers: [["Origin", page]] });
    expect([put.status, ...corsLines(put)]).toEqual([204, ...readable]);
  });

  it("S34: another page reads nothing", async () => {
    const got = await ask(server.port, { path: "/orders", headers: [["Origin", "https://evil.example"]] });
    expect([got.status, ...corsLines(got)]).toEqual([200]);
  });
});
