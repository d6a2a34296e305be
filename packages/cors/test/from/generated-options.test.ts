import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromExpressCors, type Migration, type Note } from "../../src/from/express-cors.ts";
import { fromFastifyCors } from "../../src/from/fastify-cors.ts";
import { fromHonoCors } from "../../src/from/hono-cors.ts";
import { fromKoaCors } from "../../src/from/koa-cors.ts";
import { checkPolicy, definePolicy, type PolicyInput } from "../../src/index.ts";
import { holdNothingMore } from "./compare-migration.ts";
import { type PackageName, startReal } from "./real-packages.ts";

const texts = fc.constantFrom(
  "https://app.example.com",
  "https://example.com",
  "https://*.example.com",
  "https://pr-*.example.com",
  "https://*.vercel.app",
  "*.example.com",
  "file://",
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
    "^https:\\/\\/(.+\\.)?example\\.com$",
    "^https:\\/\\/([\\w-]+\\.)+example\\.com$",
    "^https:\\/\\/pr-[a-z0-9-]+\\.example\\.com$",
    "^https:\\/\\/pr-[\\w-]+\\.example\\.com$",
    "^https:\\/\\/pr-[\\w-]*\\.example\\.com$",
    "^https:\\/\\/[^.]+--shop\\.example\\.com$",
    "^https:\\/\\/[\\w.-]+\\.example\\.com$",
    "^https:\\/\\/(pr-\\d+|app)\\.example\\.com$",
    "^https:\\/\\/my-app-[a-z0-9]{9}-team\\.vercel\\.app$",
    "\\.vercel\\.app$",
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
const methods = fc.subarray(["GET", "PUT", "put", "get", "delete", "patch", "PATCH", "DELETE", "QUERY", "*", "TRACE"]);
const headers = fc.subarray(["X-A", "content-type", "Authorization", "*", "Cookie"]);
const names = (list: fc.Arbitrary<string[]>) =>
  fc.oneof(
    list,
    list.map((parts) => parts.join(",")),
  );
const status = fc.constantFrom<unknown>(204, 200, 202, 500, "204");
const maxAge = fc.constantFrom<unknown>(0, 600, "600", -1, 1e9, "x");

type Case = readonly [PackageName, (options: never) => Migration, fc.Arbitrary<object>];
const cases: readonly Case[] = [
  [
    "cors",
    fromExpressCors,
    fc.record(
      {
        origin: origins,
        credentials,
        methods: names(methods),
        allowedHeaders: names(headers),
        maxAge,
        optionsSuccessStatus: status,
      },
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
          const { policy, notes } = translate(given as never);
          for (const note of notes) holdFix(policy, note);
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

/** What a note tells to write can be written: alone, and where it is an origin, in the place of the whole list. */
function holdFix(policy: PolicyInput, { code, fix }: Note): void {
  const written =
    /^(?:If [^:]*: )?(allowOrigins|allowMethods|allowHeaders|maxAge|preflightStatus): (\[[^\]]*\]|"[^"]*"|\d+)(?:$|, )/.exec(
      fix,
    );
  const entry = /^[a-z][a-z\d+.-]*:\/\/\S+$/.test(fix) ? fix : undefined;
  if (written === null && entry === undefined) return;
  const [, key = "allowOrigins", value] = written ?? [];
  const proposal = {
    allowOrigins: ["https://any.example"],
    allowCredentials: policy.allowCredentials === true,
    [key]: value === undefined ? [entry] : (JSON.parse(value) as unknown),
  };
  expect(
    checkPolicy(proposal).filter(({ severity }) => severity === "error"),
    `${code}: ${fix}`,
  ).toEqual([]);
}
