import type express from "express";
import type { Router } from "express";
import { type Base, bodyLimit, corsBase, isChecked, ownCors, Teapot, tooLate } from "./application.ts";

/** What both Express 4 and Express 5 are. */
export type Express = typeof express;
type Middleware = express.RequestHandler;

/** Something that Express answers with this status. */
function httpError(status: number): Error {
  return Object.assign(new Error(`status ${status}`), { status });
}

/** Express 4 does not look at promises; people catch and hand on. */
const caught =
  (handler: () => Promise<unknown>): Middleware =>
  (_req, _res, next) => {
    handler().catch(next);
  };

/** The application's routes. */
function addRoutes(router: Router, { json }: Express): void {
  router.all("/ok", (_, res) => void res.send("ok"));
  router.post("/created", (_, res) => void res.location("/things/1").status(201).json({}));
  router.get("/empty", (_, res) => void res.status(204).end());
  router.get("/unchanged", (_, res) => void res.status(304).end());
  router.get("/thrown", () => {
    throw new Error("thrown");
  });
  router.get(
    "/rejected",
    caught(() => tooLate(() => new Error("rejected"))),
  );
  router.get("/refused", (_req, _res, next) => next(httpError(403)));
  router.get("/teapot", (_req, _res, next) => next(new Teapot()));
  router.get("/gone", (_, res) => void res.sendStatus(404));
  router.post("/checked", json({ limit: bodyLimit }), (req, res, next) => {
    if (isChecked(req.body)) res.send("checked");
    else next(httpError(400));
  });
  router.get(
    "/late",
    caught(() => tooLate(() => httpError(504))),
  );
  router.get("/limited", (_, res) => void res.set("Retry-After", "1").sendStatus(429));
  router.all("/private", (_, res) => void res.sendStatus(401));
  router.get("/stream", (_, res) => {
    res.write("first");
    setTimeout(() => res.end("last"), 5);
  });
  router.get("/aborted", (_, res) => {
    res.write("first");
    setTimeout(() => res.destroy(), 5);
  });
  router.get("/moved", (_, res) => void res.status(302).location("/elsewhere").end());
  router.get("/bare", (_, res) => void res.writeHead(200, { "Content-Type": "text/plain" }).end("bare"));
  router.get("/own-cors", (_, res) => void res.set(ownCors).send("mine"));
  router.get("/vary/accept", (_, res) => void res.vary("Accept").send("varies"));
  router.get("/vary/lines", (_, res) => void res.set("Vary", ["Accept", "Cookie"]).send("varies"));
  router.get("/vary/star", (_, res) => void res.set("Vary", "*").send("varies"));
  router.get("/vary/origin", (_, res) => void res.set("Vary", "origin").send("varies"));
  router.get("/cookies", (_, res) => void res.cookie("a", "1").cookie("b", "2").send("cookies"));
  router.options("/mine", (_, res) => void res.set("Allow", "GET, OPTIONS").send("mine"));
}

const onError: express.ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof Teapot) res.status(418).send("teapot");
  else next(error);
};

/** The application on Express, with `cors` registered first on `prefix`. */
export function expressApplication(framework: Express, cors: readonly Middleware[], prefix: Base): express.Express {
  const app = framework();
  // Express prints errors unless it is told that it is tested.
  app.set("env", "test");
  app.use(corsBase(prefix) || "/", [...cors]);
  const router = framework.Router();
  addRoutes(router, framework);
  app.use(prefix || "/", router);
  if (prefix !== "") app.get("/ok", (_, res) => void res.send("ok"));
  app.use(onError);
  return app;
}
