import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import { describe, expect, test } from "vitest";
import { cors as expressCors } from "../../src/adapters/express.ts";
import { cors as fastifyCors } from "../../src/adapters/fastify.ts";
import { cors as fetchCors } from "../../src/adapters/fetch.ts";
import { cors as honoCors } from "../../src/adapters/hono.ts";
import { cors as koaCors } from "../../src/adapters/koa.ts";
import { cors as nodeCors } from "../../src/adapters/node.ts";
import { definePolicy } from "../../src/index.ts";

// As a program without types registers it.
// biome-ignore lint/suspicious/noExplicitAny: the types refuse what is tried here
type Untyped = any;

const allowOrigins = ["https://app.example.com"];

/**
 * What the host says when `cors` itself is registered: an error at the start, or at the first request. Fastify lets what a plugin throws
 * end the process, so there it is called as Fastify does, with a scope.
 */
const hosts: readonly (readonly [name: string, ask: () => Promise<unknown>])[] = [
  [
    "Fastify, with the policy beside it",
    async () => await Fastify().register(async (scope) => (fastifyCors as Untyped)(scope, { allowOrigins })),
  ],
  [
    "Express",
    () =>
      new Promise((_, reject) => {
        const app = express();
        app.use(expressCors as Untyped);
        app.use(((error, _request, response, _next) => {
          response.status(500).end();
          reject(error);
        }) satisfies express.ErrorRequestHandler);
        const server = createServer(app).listen(0, "127.0.0.1", () => {
          const { port } = server.address() as AddressInfo;
          void fetch(`http://127.0.0.1:${port}/`).finally(() => server.close());
        });
      }),
  ],
  [
    "Koa",
    () =>
      new Promise((_, reject) => {
        const app = new Koa();
        app.on("error", reject);
        app.use(koaCors as Untyped);
        const server = createServer(app.callback()).listen(0, "127.0.0.1", () => {
          const { port } = server.address() as AddressInfo;
          void fetch(`http://127.0.0.1:${port}/`).finally(() => server.close());
        });
      }),
  ],
  [
    "Hono",
    () =>
      new Promise((_, reject) => {
        const app = new Hono();
        app.onError((error, context) => {
          reject(error);
          return context.text("error", 500);
        });
        app.use(honoCors as Untyped);
        void app.request("/");
      }),
  ],
  ["a handler of the Fetch form", async () => (fetchCors as Untyped)(new Request("https://api.example.com/"))],
  ["no policy at all", async () => (nodeCors as Untyped)()],
];

describe("cors that was not called with a policy", () => {
  test.each(hosts)("%s: one mistake, with what to write", async (_, ask) => {
    const error: unknown = await ask().catch((reason: unknown) => reason);
    expect(String(error)).toContain('cors({ allowOrigins: ["https://app.example.com"] })');
    expect(String(error)).toContain("has a mistake.");
  });

  test("a policy of another realm or of a class is read as it was", () => {
    class Settings {
      allowOrigins = allowOrigins;
    }
    expect(definePolicy(new Settings()).allowOrigins).toEqual(allowOrigins);
    expect(definePolicy(Object.assign(Object.create(null), { allowOrigins })).allowOrigins).toEqual(allowOrigins);
  });
});
