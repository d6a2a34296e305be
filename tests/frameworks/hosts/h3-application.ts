import {
  fromNodeHandler,
  H3,
  HTTPError,
  bodyLimit as limitBody,
  type Middleware,
  noContent,
  readValidatedBody,
} from "h3";
import { type Base, bodyLimit, corsBase, isChecked, ownCors, Teapot, tooLate } from "./application.ts";
import { brokenOff, twoChunks, withLines } from "./streams.ts";

function addRoutes(app: H3, prefix: string): void {
  app.all(`${prefix}/ok`, () => "ok");
  app.post(`${prefix}/created`, (event) => {
    event.res.status = 201;
    event.res.headers.set("Location", "/things/1");
    return {};
  });
  app.get(`${prefix}/empty`, () => noContent());
  app.get(`${prefix}/unchanged`, () => new Response(null, { status: 304 }));
  app.get(`${prefix}/thrown`, () => {
    throw new Error("thrown");
  });
  app.get(`${prefix}/rejected`, () => tooLate(() => new Error("rejected")));
  app.get(`${prefix}/refused`, () => {
    throw new HTTPError({ status: 403 });
  });
  app.get(`${prefix}/teapot`, () => {
    throw new Teapot();
  });
  app.get(`${prefix}/gone`, () => {
    throw new HTTPError({ status: 404 });
  });
  app.post(
    `${prefix}/checked`,
    async (event) => {
      await readValidatedBody(event, isChecked);
      return "checked";
    },
    { middleware: [limitBody(bodyLimit)] },
  );
  app.get(`${prefix}/late`, () => tooLate(() => new HTTPError({ status: 504 })));
  app.get(`${prefix}/limited`, (event) => {
    event.res.status = 429;
    event.res.headers.set("Retry-After", "1");
    return "";
  });
  app.all(`${prefix}/private`, () => {
    throw new HTTPError({ status: 401 });
  });
  app.get(`${prefix}/stream`, () => twoChunks());
  app.get(`${prefix}/aborted`, () => brokenOff());
  app.get(`${prefix}/moved`, () => Response.redirect("http://127.0.0.1/elsewhere"));
  app.get(
    `${prefix}/bare`,
    fromNodeHandler((_, res) => {
      res.statusCode = 200;
      res.end("bare");
    }),
  );
  app.get(`${prefix}/own-cors`, (event) => {
    for (const [name, value] of Object.entries(ownCors)) event.res.headers.set(name, value);
    return "mine";
  });
  app.get(`${prefix}/vary/accept`, (event) => {
    event.res.headers.set("Vary", "Accept");
    return "varies";
  });
  app.get(`${prefix}/vary/lines`, () => withLines("Vary", ["Accept", "Cookie"]));
  app.get(`${prefix}/vary/star`, () => withLines("Vary", ["*"]));
  app.get(`${prefix}/vary/origin`, () => withLines("Vary", ["origin"]));
  app.get(`${prefix}/cookies`, () => withLines("Set-Cookie", ["a=1", "b=2"]));
  app.on("OPTIONS", `${prefix}/mine`, (event) => {
    event.res.headers.set("Allow", "GET, OPTIONS");
    return "mine";
  });
}

/** The application on h3, with `cors` registered first on `prefix`. */
export function h3Application(cors: readonly Middleware[], prefix: Base): H3 {
  const app = new H3({
    silent: true,
    onError: (error) => (error.cause instanceof Teapot ? new Response("teapot", { status: 418 }) : undefined),
  });
  for (const layer of cors) {
    if (corsBase(prefix) === "") app.use(layer);
    else app.use(`${prefix}/**`, layer);
  }
  addRoutes(app, prefix);
  if (prefix !== "") app.get("/ok", () => "ok");
  return app;
}
