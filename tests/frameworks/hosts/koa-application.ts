import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import Router from "@koa/router";
import Koa, { type Middleware } from "koa";
import { type Base, bodyLimit, corsBase, isChecked, ownCors, pathWithin, Teapot, tooLate } from "./application.ts";

function httpError(status: number): Error {
  return Object.assign(new Error(`status ${status}`), { status, expose: true });
}

function addRoutes(router: Router): void {
  router.all("/ok", (ctx) => {
    ctx.body = "ok";
  });
  router.post("/created", (ctx) => {
    ctx.set("Location", "/things/1");
    ctx.status = 201;
    ctx.body = {};
  });
  router.get("/empty", (ctx) => {
    ctx.body = null;
  });
  router.get("/unchanged", (ctx) => {
    ctx.status = 304;
  });
  router.get("/thrown", () => {
    throw new Error("thrown");
  });
  router.get("/rejected", () => tooLate(() => new Error("rejected")));
  router.get("/refused", (ctx) => ctx.throw(403));
  router.get("/teapot", () => {
    throw new Teapot();
  });
  router.get("/gone", (ctx) => ctx.throw(404, "gone", { headers: { ...ownCors } }));
  router.post("/checked", async (ctx) => {
    const body = await text(ctx.req);
    if (Buffer.byteLength(body) > bodyLimit) ctx.throw(413);
    if (!isChecked(JSON.parse(body))) ctx.throw(400);
    ctx.body = "checked";
  });
  router.get("/late", () => tooLate(() => httpError(504)));
  router.get("/limited", (ctx) => {
    ctx.set("Retry-After", "1");
    ctx.status = 429;
  });
  router.all("/private", (ctx) => ctx.throw(401));
  router.get("/stream", (ctx) => {
    ctx.body = Readable.from(["first", "last"]);
  });
  router.get("/aborted", (ctx) => {
    ctx.respond = false;
    ctx.res.writeHead(200);
    ctx.res.write("first");
    setTimeout(() => ctx.res.destroy(), 5);
  });
  router.get("/moved", (ctx) => ctx.redirect("/elsewhere"));
  router.get("/bare", (ctx) => {
    ctx.respond = false;
    ctx.res.writeHead(200, { "Content-Type": "text/plain" }).end("bare");
  });
  router.get("/own-cors", (ctx) => {
    ctx.set({ ...ownCors });
    ctx.body = "mine";
  });
  const varies: Readonly<Record<string, string | string[]>> = {
    accept: "Accept",
    lines: ["Accept", "Cookie"],
    star: "*",
    origin: "origin",
  };
  for (const [name, value] of Object.entries(varies)) {
    router.get(`/vary/${name}`, (ctx) => {
      ctx.set("Vary", value);
      ctx.body = "varies";
    });
  }
  router.get("/cookies", (ctx) => {
    ctx.cookies.set("a", "1");
    ctx.cookies.set("b", "2");
    ctx.body = "cookies";
  });
  router.options("/mine", (ctx) => {
    ctx.set("Allow", "GET, OPTIONS");
    ctx.body = "mine";
  });
}

const onError: Middleware = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof Teapot)) throw error;
    ctx.status = 418;
    ctx.body = "teapot";
  }
};

/** The application on Koa, with `cors` registered first on `prefix`. */
export function koaApplication(cors: readonly Middleware[], prefix: Base): Koa {
  const app = new Koa();
  app.silent = true;
  const inside = (path: string): boolean => pathWithin(corsBase(prefix), path) !== undefined;
  for (const layer of cors) app.use((ctx, next) => (inside(ctx.path) ? layer(ctx, next) : next()));
  app.use(onError);
  const router = new Router({ prefix });
  addRoutes(router);
  app.use(router.routes());
  app.use((ctx) => {
    if (prefix !== "" && ctx.path === "/ok") ctx.body = "ok";
  });
  return app;
}
