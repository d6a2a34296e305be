import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allWays } from "./routes/all-ways.ts";
import { cases } from "./routes/two-policies.ts";
import { ask, corsLines } from "./support/ask.ts";
import type { Running } from "./support/listen.ts";

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
