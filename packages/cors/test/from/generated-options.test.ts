import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromExpressCors, type Migration } from "../../src/from/express-cors.ts";
import { fromFastifyCors } from "../../src/from/fastify-cors.ts";
import { fromHonoCors } from "../../src/from/hono-cors.ts";
import { fromKoaCors } from "../../src/from/koa-cors.ts";
import { definePolicy } from "../../src/index.ts";
import { holdNothingMore } from "./compare-migration.ts";
import { type PackageName, startReal } from "./real-packages.ts";

const texts = fc.constantFrom(
  "https://app.example.com",
  "https://example.com",
  "https://*.example.com",
  "http://app.example.com",
  "http://localhost:3000",
  "http://localhost:*",
  "https://app.example.com/",
  "app.example.com",
  "null",
  "*",
  "",
);
const expressions = fc
  .constantFrom(
    "^https:\\/\\/([a-z0-9-]+\\.)*example\\.com$",
    "^https?:\\/\\/(app\\.)?example\\.com$",
    "example\\.com$",
    "^https:\\/\\/app.example\\.com$",
    "^http:\\/\\/localhost(:\\d+)?$",
    "^https:\\/\\/app\\.example\\.com$|^null$",
  )
  .chain((source) => fc.constantFrom("", "i", "g").map((flags) => new RegExp(source, flags)));
const strangers = fc.constantFrom<unknown>(true, false, 0, 1, null);
const entries = fc.oneof({ weight: 4, arbitrary: texts }, { weight: 3, arbitrary: expressions }, strangers);
const origins = fc.oneof(
  texts,
  expressions,
  fc.array(entries, { maxLength: 3 }),
  fc.array(entries, { minLength: 1, maxLength: 2 }).map((list) => [list]),
  strangers,
);
const credentials = fc.constantFrom<unknown>(true, true, false, "true", 1, 0);
const methods = fc.subarray(["GET", "PUT", "patch", "PATCH", "DELETE", "QUERY", "*", "TRACE"]);
const headers = fc.subarray(["X-A", "content-type", "Authorization", "*", "Cookie"]);
const names = (list: fc.Arbitrary<string[]>) =>
  fc.oneof(
    list,
    list.map((parts) => parts.join(",")),
  );
const maxAge = fc.constantFrom<unknown>(0, 600, "600", -1, 1e9, "x");

type Case = readonly [PackageName, (options: never) => Migration, fc.Arbitrary<object>];
const cases: readonly Case[] = [
  [
    "cors",
    fromExpressCors,
    fc.record(
      { origin: origins, credentials, methods: names(methods), allowedHeaders: names(headers), maxAge },
      { requiredKeys: [] },
    ),
  ],
  [
    "@fastify/cors",
    fromFastifyCors,
    fc.record(
      { origin: origins, credentials, methods: names(methods), allowedHeaders: names(headers), maxAge },
      { requiredKeys: [] },
    ),
  ],
  [
    "hono/cors",
    fromHonoCors,
    fc.record(
      { origin: origins, credentials, allowMethods: methods, allowHeaders: headers, maxAge },
      { requiredKeys: [] },
    ),
  ],
  [
    "@koa/cors",
    fromKoaCors,
    fc.record(
      { origin: origins, credentials, allowMethods: names(methods), allowHeaders: names(headers), maxAge },
      { requiredKeys: [] },
    ),
  ],
];

describe("generated options", () => {
  it.each(cases)(
    "of %s: the policy can be built or names no origin, and allows nothing that the real package refuses",
    async (name, translate, options) => {
      let built = 0;
      await fc.assert(
        fc.asyncProperty(options, async (given) => {
          const { policy } = translate(given as never);
          if (policy.allowOrigins === undefined) return;
          const checked = definePolicy(policy);
          built += 1;
          const server = await startReal(name, given);
          try {
            await holdNothingMore(server, checked, {});
          } finally {
            await server.close();
          }
        }),
        { numRuns: 150, seed: 11, endOnFailure: true },
      );
      expect(built).toBeGreaterThan(15);
    },
    60_000,
  );
});
