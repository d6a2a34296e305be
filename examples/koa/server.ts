import process from "node:process";
import { cors } from "@corsmith/cors/koa";
import Router from "@koa/router";
import Koa from "koa";

const app = new Koa();

// First of all: what comes before it answers preflights, and authentication would answer them with 401.
app.use(
  cors({
    allowOrigins: ["https://app.example.com", "http://localhost:*"],
    allowCredentials: true,
    allowMethods: ["PUT"],
    allowHeaders: ["Content-Type"],
    maxAge: 600,
  }),
);

const router = new Router();
router.get("/orders", (ctx) => {
  ctx.body = [{ id: 1 }];
});
router.put("/orders/:id", (ctx) => {
  ctx.status = 204;
});
router.get("/broken", () => {
  throw new Error("broken");
});
app.use(router.routes());

const server = app.listen(Number(process.env["PORT"] ?? 3000), () => console.log("listening on", server.address()));
