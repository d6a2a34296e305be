import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit as limitBody } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { timeout } from "hono/timeout";
import { validator } from "hono/validator";
import { type Base, bodyLimit, corsBase, isChecked, ownCors, Teapot, tooLate } from "./application.ts";
import { brokenOff, twoChunks } from "./streams.ts";

function addRoutes(app: Hono): void {
  app.all("/ok", (c) => c.text("ok"));
  app.post("/created", (c) => c.json({}, 201, { Location: "/things/1" }));
  app.get("/empty", (c) => c.body(null, 204));
  app.get("/unchanged", (c) => c.body(null, 304));
  app.get("/thrown", () => {
    throw new Error("thrown");
  });
  app.get("/rejected", () => tooLate(() => new Error("rejected")));
  app.get("/refused", () => {
    throw new HTTPException(403);
  });
  app.get("/teapot", () => {
    throw new Teapot();
  });
  app.get("/gone", (c) => c.notFound());
  const checked = validator("json", (value, c) => (isChecked(value) ? value : c.text("invalid", 400)));
  app.post("/checked", limitBody({ maxSize: bodyLimit }), checked, (c) => c.text("checked"));
  app.get("/late", timeout(5), async (c) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return c.text("late");
  });
  app.get("/limited", (c) => c.body(null, 429, { "Retry-After": "1" }));
  app.all("/private", () => {
    throw new HTTPException(401);
  });
  app.get("/stream", (c) => c.body(twoChunks()));
  app.get("/aborted", (c) => c.body(brokenOff()));
  app.get("/moved", () => Response.redirect("http://127.0.0.1/elsewhere"));
  app.get("/bare", (c) => {
    const { outgoing } = c.env as HttpBindings;
    outgoing.writeHead(200, { "Content-Type": "text/plain" });
    outgoing.end("bare");
    return RESPONSE_ALREADY_SENT;
  });
  app.get("/own-cors", (c) => c.text("mine", 200, { ...ownCors }));
  app.get("/vary/accept", (c) => c.text("varies", 200, { Vary: "Accept" }));
  app.get("/vary/lines", (c) => {
    c.header("Vary", "Accept");
    c.header("Vary", "Cookie", { append: true });
    return c.text("varies");
  });
  app.get("/vary/star", (c) => c.text("varies", 200, { Vary: "*" }));
  app.get("/vary/origin", (c) => c.text("varies", 200, { Vary: "origin" }));
  app.get("/cookies", (c) => {
    c.header("Set-Cookie", "a=1");
    c.header("Set-Cookie", "b=2", { append: true });
    return c.text("cookies");
  });
  app.options("/mine", (c) => c.text("mine", 200, { Allow: "GET, OPTIONS" }));
}

/** The application on Hono, with `cors` registered first on `prefix`. */
export function honoApplication(cors: readonly MiddlewareHandler[], prefix: Base): Hono {
  const app = new Hono();
  // The application's own, in the place of Hono's.
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    return c.text("failed", error instanceof Teapot ? 418 : 500);
  });
  app.notFound((c) => c.text("no such path", 404));
  app.use(`${corsBase(prefix)}/*`, ...cors);
  const routes = new Hono();
  addRoutes(routes);
  app.route(prefix || "/", routes);
  if (prefix !== "") app.get("/ok", (c) => c.text("ok"));
  return app;
}
