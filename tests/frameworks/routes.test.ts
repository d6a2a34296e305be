import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allWays } from "./routes/all-ways.ts";
import { ask, corsLines } from "./support/ask.ts";
import type { Running } from "./support/listen.ts";
import { app, evil } from "./table/policies.ts";
import { from, type HeaderLines, preflightFrom } from "./table/row.ts";

const anybody = "access-control-allow-origin: *";
const page = ["access-control-allow-credentials: true", `access-control-allow-origin: ${app}`];

type Case = readonly [string, method: string, path: string, HeaderLines, status: number, cors: readonly string[]];

const cases: readonly Case[] = [
  ["anybody reads what is public", "GET", "/public/things", from(evil), 200, [anybody]],
  [
    "anybody passes the preflight of what is public",
    "OPTIONS",
    "/public/things",
    preflightFrom(evil, "PUT"),
    204,
    ["access-control-allow-methods: PUT", anybody],
  ],
  ["the page reads the account", "GET", "/account/things", from(app), 200, page],
  [
    "the page passes the preflight of the account",
    "OPTIONS",
    "/account/things",
    preflightFrom(app, "DELETE"),
    204,
    [page[0] ?? "", "access-control-allow-methods: DELETE", page[1] ?? ""],
  ],
  ["nobody else reads the account", "GET", "/account/things", from(evil), 200, []],
  [
    "nobody else passes the preflight of the account",
    "OPTIONS",
    "/account/things",
    preflightFrom(evil, "PUT"),
    403,
    [],
  ],
];

describe.each(allWays.map((way) => [way.name, way] as const))("a policy for each path: %s", (_, way) => {
  let server: Running;
  beforeAll(async () => {
    server = await way.start();
  });
  afterAll(() => server?.close());

  it.each(cases)("S96: %s", async (_name, method, path, headers, status, cors) => {
    const got = await ask(server.port, { method, path, headers });
    expect([got.status, ...corsLines(got)]).toEqual([status, ...cors]);
  });
});
