import { createServer } from "node:http";
import { cors as expressCors } from "@corsmith/cors/express";
import { cors as fastifyCors } from "@corsmith/cors/fastify";
import { cors as fetchCors } from "@corsmith/cors/fetch";
import { cors as h3Cors } from "@corsmith/cors/h3";
import { cors as honoCors } from "@corsmith/cors/hono";
import { cors as koaCors } from "@corsmith/cors/koa";
import { cors as nodeCors } from "@corsmith/cors/node";
import { getRequestListener } from "@hono/node-server";
import Router from "@koa/router";
import express, { Router as ExpressRouter } from "express";
import express4 from "express-4";
import Fastify from "fastify";
import { H3 } from "h3";
import { toNodeHandler } from "h3/node";
import { Hono } from "hono";
import Koa from "koa";
import { quiet } from "../hosts/host.ts";
import { listen, running } from "../support/listen.ts";
import { nestWay } from "./nest-way.ts";
import { open, strict, type TwoPolicies } from "./two-policies.ts";

const node: TwoPolicies = {
  name: "node:http, one guard a path",
  start() {
    const [everybody, page] = [nodeCors(open, quiet), nodeCors(strict, quiet)];
    return listen(
      createServer((req, res) => {
        const guard = req.url?.startsWith("/public/") ? everybody : page;
        guard(req, res, () => res.end("things"));
      }),
    );
  },
};

const fetch: TwoPolicies = {
  name: "Fetch handlers, one guard a handler",
  start() {
    const everybody = fetchCors(open, quiet)(() => new Response("things"));
    const page = fetchCors(strict, quiet)(() => new Response("things"));
    const handler = (request: Request): Promise<Response> =>
      new URL(request.url).pathname.startsWith("/public/") ? everybody(request) : page(request);
    return listen(createServer(getRequestListener(handler)));
  },
};

const expressRouters: TwoPolicies = {
  name: "Express, one policy a router",
  start() {
    const app = express();
    const things = (): ExpressRouter => ExpressRouter().all("/things", (_, res) => void res.send("things"));
    app.use("/public", expressCors(open, quiet), things());
    app.use("/account", expressCors(strict, quiet), things());
    return listen(createServer(app));
  },
};

const expressRoutes: TwoPolicies = {
  name: "Express 4, one policy a route",
  start() {
    const app = express4();
    app
      .route("/public/things")
      .all(expressCors(open, quiet))
      .get((_, res) => void res.send("things"));
    app
      .route("/account/things")
      .all(expressCors(strict, quiet))
      .get((_, res) => void res.send("things"));
    return listen(createServer(app));
  },
};

const fastify: TwoPolicies = {
  name: "Fastify, one policy a scope",
  async start() {
    const app = Fastify();
    for (const [prefix, policy] of [
      ["/public", open],
      ["/account", strict],
    ] as const) {
      app.register(
        async (scope) => {
          scope.register(fastifyCors(policy, quiet));
          scope.get("/things", async () => "things");
        },
        { prefix },
      );
    }
    await app.listen({ port: 0, host: "127.0.0.1" });
    return running(app.server, () => app.close());
  },
};

const fastifyRoutes: TwoPolicies = {
  name: "Fastify, one policy a route",
  async start() {
    const app = Fastify();
    await app.register(fastifyCors({ allowOrigins: ["https://nobody.example"] }, quiet));
    for (const [url, cors] of [
      ["/public/things", open],
      ["/account/things", strict],
    ] as const) {
      const config: object = { cors };
      app.route({ method: ["GET", "PUT", "DELETE"], url, config, handler: async () => "things" });
    }
    await app.listen({ port: 0, host: "127.0.0.1" });
    return running(app.server, () => app.close());
  },
};

const fastifyScopes: TwoPolicies = {
  name: "Fastify, one policy a scope without a prefix",
  async start() {
    const app = Fastify();
    for (const [url, policy] of [
      ["/public/things", open],
      ["/account/things", strict],
    ] as const) {
      app.register(async (scope) => {
        await scope.register(fastifyCors(policy, quiet));
        scope.route({ method: ["GET", "PUT", "DELETE"], url, handler: async () => "things" });
      });
    }
    await app.listen({ port: 0, host: "127.0.0.1" });
    return running(app.server, () => app.close());
  },
};

const koa: TwoPolicies = {
  name: "Koa, by the router's all",
  start() {
    const router = new Router();
    router.all("/public/{*path}", koaCors(open, quiet));
    router.all("/account/{*path}", koaCors(strict, quiet));
    for (const path of ["/public/things", "/account/things"]) {
      router.get(path, (ctx) => {
        ctx.body = "things";
      });
    }
    return listen(createServer(new Koa().use(router.routes()).callback()));
  },
};

const hono: TwoPolicies = {
  name: "Hono, one policy a path",
  start() {
    const app = new Hono();
    app.use("/public/*", honoCors(open, quiet));
    app.use("/account/*", honoCors(strict, quiet));
    app.get("/public/things", (c) => c.text("things"));
    app.get("/account/things", (c) => c.text("things"));
    return listen(createServer(getRequestListener(app.fetch)));
  },
};

const h3: TwoPolicies = {
  name: "h3, one policy a path",
  start() {
    const app = new H3();
    app.use("/public/**", h3Cors(open, quiet));
    app.use("/account/**", h3Cors(strict, quiet));
    app.get("/public/things", () => "things");
    app.get("/account/things", () => "things");
    return listen(createServer(toNodeHandler(app)));
  },
};

/** The frameworks' own ways to give paths policies of their own. */
export const allWays: readonly TwoPolicies[] = [
  node,
  fetch,
  expressRouters,
  expressRoutes,
  fastify,
  fastifyRoutes,
  fastifyScopes,
  koa,
  hono,
  h3,
  nestWay("express"),
  nestWay("fastify"),
];
