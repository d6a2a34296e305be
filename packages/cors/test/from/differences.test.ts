import { describe, expect, test } from "vitest";
import { fromExpressCors } from "../../src/from/express-cors.ts";
import { fromFastifyCors } from "../../src/from/fastify-cors.ts";
import { fromHonoCors } from "../../src/from/hono-cors.ts";
import { fromKoaCors } from "../../src/from/koa-cors.ts";
import type { Migration } from "../../src/from/migration.ts";
import { decide, definePolicy, respond } from "../../src/index.ts";
import { type PackageName, startReal } from "./real-packages.ts";

const translate: Readonly<Record<PackageName, (options: object) => Migration>> = {
  cors: fromExpressCors,
  "@fastify/cors": fromFastifyCors,
  "hono/cors": fromHonoCors,
  "@koa/cors": fromKoaCors,
};

const all: readonly PackageName[] = ["cors", "@fastify/cors", "hono/cors", "@koa/cors"];
const app = "https://app.example.com";
const evil = "https://evil.example";

const requests = {
  "an OPTIONS of no page": { method: "OPTIONS" },
  "an OPTIONS that is no preflight": { method: "OPTIONS", origin: app },
  "a refused preflight": { method: "OPTIONS", origin: evil, requestMethod: "PUT" },
  "an allowed preflight": { method: "OPTIONS", origin: app, requestMethod: "PUT" },
  "a foreign page's GET": { method: "GET", origin: evil },
} as const;

/** What is looked at: the status and, of the headers that the page on migration speaks of, the one that differs. */
type Seen = readonly [status: number | "application", header?: string | undefined];

interface Difference {
  readonly packages: readonly PackageName[];
  readonly options: object;
  readonly asked: keyof typeof requests;
  readonly header?: string;
  readonly theirs: Seen;
  readonly ours: Seen;
}

const one = { origin: app, methods: ["PUT"], allowMethods: ["PUT"] };
const many = { origin: [app, "https://b.example"], methods: ["PUT"], allowMethods: ["PUT"] };

/** The page on migration, row by row: [what it says, what the package does, what a policy does]. */
const differences: readonly (readonly [string, Difference])[] = [
  [
    "every OPTIONS was answered",
    {
      packages: ["cors", "hono/cors"],
      options: one,
      asked: "an OPTIONS of no page",
      theirs: [204],
      ours: ["application"],
    },
  ],
  [
    "an OPTIONS that is no preflight was answered with 400",
    {
      packages: ["@fastify/cors"],
      options: one,
      asked: "an OPTIONS that is no preflight",
      theirs: [400],
      ours: ["application"],
    },
  ],
  [
    "an OPTIONS that is no preflight went on, as it does now",
    {
      packages: ["@koa/cors"],
      options: one,
      asked: "an OPTIONS that is no preflight",
      theirs: [404],
      ours: ["application"],
    },
  ],
  [
    "a refused preflight was ok",
    {
      packages: ["cors", "@fastify/cors", "hono/cors"],
      options: many,
      asked: "a refused preflight",
      theirs: [204],
      ours: [403],
    },
  ],
  [
    "the one origin was sent to everybody",
    {
      packages: ["cors", "@fastify/cors", "@koa/cors"],
      options: one,
      asked: "a foreign page's GET",
      header: "access-control-allow-origin",
      theirs: [200, app],
      ours: ["application", undefined],
    },
  ],
  [
    "an echo became a star",
    {
      packages: ["cors", "@fastify/cors"],
      options: { origin: true },
      asked: "a foreign page's GET",
      header: "access-control-allow-origin",
      theirs: [200, evil],
      ours: ["application", "*"],
    },
  ],
  [
    "Vary was sent beside a star",
    {
      packages: ["@koa/cors"],
      options: { origin: "*" },
      asked: "a foreign page's GET",
      header: "vary",
      theirs: [200, "Origin"],
      ours: ["application", undefined],
    },
  ],
  [
    "the headers asked for were echoed",
    {
      packages: all,
      options: one,
      asked: "an allowed preflight",
      header: "access-control-allow-headers",
      theirs: [204, "x-a"],
      ours: [204, "*, authorization"],
    },
  ],
  [
    "a 204 had a length",
    {
      packages: ["cors", "@fastify/cors"],
      options: one,
      asked: "an allowed preflight",
      header: "content-length",
      theirs: [204, "0"],
      ours: [204, undefined],
    },
  ],
  [
    "what is exposed was said in the preflight's answer",
    {
      packages: ["hono/cors"],
      options: { ...one, exposeHeaders: ["x-b"] },
      asked: "an allowed preflight",
      header: "access-control-expose-headers",
      theirs: [204, "x-b"],
      ours: [204, undefined],
    },
  ],
];

const rows = differences.flatMap(([name, difference]) =>
  difference.packages.map((packageName) => [packageName, name, difference] as const),
);

describe("what a user of another package sees otherwise, as the page on migration has it", () => {
  test.each(rows)("%s: %s", async (packageName, _name, { options, asked, header, theirs, ours }) => {
    const { method, ...page } = requests[asked];
    const { origin, requestMethod } = { origin: undefined, requestMethod: undefined, ...page };
    const requestHeaders = requestMethod === undefined ? undefined : "x-a";
    const server = await startReal(packageName, options);
    try {
      const { status, lines } = await server.ask(method, {
        ...(origin !== undefined && { origin }),
        ...(requestMethod !== undefined && { "access-control-request-method": requestMethod }),
        ...(requestHeaders !== undefined && { "access-control-request-headers": requestHeaders }),
      });
      expect([status, header && lines[header]?.join(", ")]).toEqual([theirs[0], theirs[1]]);
    } finally {
      await server.close();
    }
    const policy = definePolicy(translate[packageName](options).policy);
    const answer = respond(decide(policy, { method, origin, requestMethod, requestHeaders }));
    const own = new Map(answer.headers.map(([name, value]) => [name.toLowerCase(), value]));
    if (answer.vary !== undefined) own.set("vary", answer.vary);
    expect([answer.status ?? "application", header && own.get(header)]).toEqual([ours[0], ours[1]]);
  });
});
