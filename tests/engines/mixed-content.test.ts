import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askEngine } from "../../packages/corsmith/src/engines/ask-engine.ts";
import { realEngines } from "../oracle/oracle-case.ts";
import { requireEngine } from "../support/real-engines.ts";

const origin = "https://app.example.com";
const server = createServer((_request, response) => {
  response.setHeader("access-control-allow-origin", "*");
  response.end("hello");
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

describe.each(realEngines)("a page of https that asks the machine itself over http, in the real %s", (engine) => {
  test.skipIf(!requireEngine(engine)).each(["127.0.0.1", "localhost"])("%s", async (host) => {
    const url = `http://${host}:${port}/`;
    const real = await askEngine(engine, { origin, url });
    if ("missing" in real) throw new Error(real.missing);
    // `corsmith check` tells its users so. The simulator goes by the standard here.
    expect(real.outcome).toBe(engine === "webkit" ? "error" : "ok");
  });
});
