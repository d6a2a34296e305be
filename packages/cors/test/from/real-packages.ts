import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fastifyCors from "@fastify/cors";
import { getRequestListener } from "@hono/node-server";
import koaCors from "@koa/cors";
import expressCors from "cors";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { cors as honoCors } from "hono/cors";
import Koa from "koa";
import type { SomeAnswer } from "./page-rules.ts";

/** The packages whose options are translated. */
export type PackageName = "cors" | "@fastify/cors" | "hono/cors" | "@koa/cors";

/** A running application with the real package in it, and nothing else. */
export interface RealServer {
  readonly ask: (method: string, headers: Readonly<Record<string, string>>) => Promise<SomeAnswer>;
  readonly close: () => Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: the tests hand over what the packages' own types would refuse
type AnyOptions = any;

const applications: Readonly<Record<PackageName, (options: AnyOptions) => Promise<Server>>> = {
  cors: async (options) => {
    const app = express();
    app.set("env", "test");
    app.use(expressCors(options));
    app.get("/", (_request, response) => void response.send("ok"));
    return createServer(app);
  },
  "@fastify/cors": async (options) => {
    const app = Fastify();
    await app.register(fastifyCors, options);
    app.get("/", async () => "ok");
    await app.ready();
    return app.server;
  },
  "hono/cors": async (options) => {
    const app = new Hono();
    app.use("*", honoCors(options));
    app.get("/", (context) => context.text("ok"));
    app.onError((_error, context) => context.text("error", 500));
    return createServer(getRequestListener(app.fetch));
  },
  "@koa/cors": async (options) => {
    const app = new Koa();
    app.silent = true;
    app.use(koaCors(options));
    app.use((context) => {
      if (context.method === "GET") context.body = "ok";
    });
    return createServer(app.callback());
  },
};

/** Starts an application with the real package and these options. */
export async function startReal(packageName: PackageName, options: unknown): Promise<RealServer> {
  const server = await applications[packageName](options);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    ask: (method, headers) => askOnce(port, method, headers),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function askOnce(port: number, method: string, headers: Readonly<Record<string, string>>): Promise<SomeAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, method, headers, timeout: 5_000 }, (response) => {
      response.resume();
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, lines: response.headersDistinct as SomeAnswer["lines"] }),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}
