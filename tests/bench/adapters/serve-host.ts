// Serves one host under one owner of the CORS headers, in a process of its own: node serve-host.ts HOST OWNER PORT.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import fastifyCors from "@fastify/cors";
import { serve as serveHono } from "@hono/node-server";
import koaCors from "@koa/cors";
import expressCors from "cors";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { cors as honoCors } from "hono/cors";
import Koa from "koa";
import { allowedOrigin, benchLists, benchPolicy } from "../bench-policy.ts";
import type { HostName, Owner } from "./owner.ts";

const text = '{"ok":true}';
const type = "application/json";
const policy = benchPolicy([allowedOrigin]);

/** What a careful handler sets by itself, so that nothing is decided and nothing is looked up. */
const actualHeaders = {
  "Access-Control-Allow-Origin": allowedOrigin,
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Expose-Headers": benchLists.exposed.join(", "),
  Vary: "Origin",
};
const preflightHeaders = {
  "Access-Control-Allow-Origin": allowedOrigin,
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Allow-Methods": benchLists.methods.join(", "),
  "Access-Control-Allow-Headers": benchLists.headers.join(", "),
  "Access-Control-Max-Age": String(benchLists.maxAge),
  Vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
};

/** The same policy in the words that all four packages share, or nearly. */
const usualOptions = {
  origin: [allowedOrigin],
  credentials: true,
  methods: [...benchLists.methods],
  allowedHeaders: [...benchLists.headers],
  exposedHeaders: [...benchLists.exposed],
  maxAge: benchLists.maxAge,
};

const [, , host = "", owner = "", port = ""] = process.argv;
await hosts()[host as HostName](owner as Owner, Number(port));

function hosts(): Readonly<Record<HostName, (owner: Owner, port: number) => Promise<unknown>>> {
  return { node: serveNode, express: serveExpress, fastify: serveFastify, koa: serveKoa, hono: serveHonoHost };
}

async function serveNode(by: Owner, at: number): Promise<unknown> {
  const { cors } = await import("@corsmith/cors/node");
  const ours = cors(policy);
  const usual = expressCors(usualOptions);
  const byHand = (request: IncomingMessage, response: ServerResponse, next: () => unknown): void => {
    const preflight = request.method === "OPTIONS";
    for (const [name, value] of Object.entries(preflight ? preflightHeaders : actualHeaders))
      response.setHeader(name, value);
    if (preflight) response.writeHead(204).end();
    else next();
  };
  const middlewares = { corsmith: ours, "usual-package": usual, "by-hand": byHand };
  const middleware = by === "nobody" ? (_: unknown, __: unknown, next: () => unknown) => next() : middlewares[by];
  return createServer((request, response) => {
    middleware(request, response, () => {
      response.setHeader("Content-Type", type);
      response.end(text);
    });
  }).listen(at, "127.0.0.1");
}

async function serveExpress(by: Owner, at: number): Promise<unknown> {
  const { cors } = await import("@corsmith/cors/express");
  const app = express();
  if (by === "corsmith") app.use(cors(policy));
  if (by === "usual-package") app.use(expressCors(usualOptions));
  if (by === "by-hand") {
    app.use((request, response, next) => {
      const preflight = request.method === "OPTIONS";
      response.set(preflight ? preflightHeaders : actualHeaders);
      if (preflight) response.status(204).end();
      else next();
    });
  }
  if (by === "nobody") app.options("/small", (_request, response) => void response.status(204).end());
  app.get("/small", (_request, response) => void response.type(type).send(text));
  return app.listen(at, "127.0.0.1");
}

async function serveFastify(by: Owner, at: number): Promise<unknown> {
  const { cors } = await import("@corsmith/cors/fastify");
  const app = fastify();
  if (by === "corsmith") await app.register(cors(policy));
  if (by === "usual-package") await app.register(fastifyCors, usualOptions);
  if (by === "by-hand") {
    app.addHook("onRequest", (request, reply, done) => {
      reply.headers(request.method === "OPTIONS" ? preflightHeaders : actualHeaders);
      done();
    });
  }
  if (by === "nobody" || by === "by-hand") app.options("/small", (_request, reply) => void reply.code(204).send());
  app.get("/small", (_request, reply) => void reply.type(type).send(text));
  return app.listen({ port: at, host: "127.0.0.1" });
}

async function serveKoa(by: Owner, at: number): Promise<unknown> {
  const { cors } = await import("@corsmith/cors/koa");
  const app = new Koa();
  if (by === "corsmith") app.use(cors(policy));
  if (by === "usual-package") {
    const { allowedHeaders, exposedHeaders, methods, ...rest } = usualOptions;
    app.use(
      koaCors({
        ...rest,
        origin: allowedOrigin,
        allowMethods: methods,
        allowHeaders: allowedHeaders,
        exposeHeaders: exposedHeaders,
      }),
    );
  }
  app.use((context) => {
    const preflight = context.method === "OPTIONS";
    if (by === "by-hand") context.set(preflight ? preflightHeaders : actualHeaders);
    if (preflight) context.status = 204;
    else {
      context.type = type;
      context.body = text;
    }
  });
  return app.listen(at, "127.0.0.1");
}

async function serveHonoHost(by: Owner, at: number): Promise<unknown> {
  const { cors } = await import("@corsmith/cors/hono");
  const app = new Hono();
  if (by === "corsmith") app.use(cors(policy));
  if (by === "usual-package") {
    const { allowedHeaders, exposedHeaders, methods, ...rest } = usualOptions;
    app.use(honoCors({ ...rest, allowMethods: methods, allowHeaders: allowedHeaders, exposeHeaders: exposedHeaders }));
  }
  if (by === "by-hand") {
    app.use(async (context, next) => {
      const preflight = context.req.method === "OPTIONS";
      for (const [name, value] of Object.entries(preflight ? preflightHeaders : actualHeaders))
        context.header(name, value);
      if (preflight) return context.body(null, 204);
      await next();
      return undefined;
    });
  }
  if (by === "nobody") app.options("/small", (context) => context.body(null, 204));
  app.get("/small", (context) => context.body(text, 200, { "Content-Type": type }));
  return serveHono({ fetch: app.fetch, port: at, hostname: "127.0.0.1" });
}
