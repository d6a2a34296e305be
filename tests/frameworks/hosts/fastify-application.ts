import { Readable } from "node:stream";
import Fastify, { type FastifyInstance } from "fastify";
import { type Base, bodyLimit, corsBase, ownCors, Teapot, tooLate } from "./application.ts";

function httpError(status: number): Error {
  return Object.assign(new Error(`status ${status}`), { statusCode: status });
}

const checked = { body: { type: "object", required: ["n"], properties: { n: { type: "number" } } } };

function addRoutes(app: FastifyInstance): void {
  app.route({ method: ["GET", "POST", "PUT", "DELETE", "PATCH"], url: "/ok", handler: async () => "ok" });
  app.post("/created", async (_, reply) => reply.code(201).header("Location", "/things/1").send({}));
  app.get("/empty", async (_, reply) => reply.code(204).send());
  app.get("/unchanged", async (_, reply) => reply.code(304).send());
  app.get("/thrown", () => {
    throw new Error("thrown");
  });
  app.get("/rejected", () => tooLate(() => new Error("rejected")));
  app.get("/refused", async () => {
    throw httpError(403);
  });
  app.get("/teapot", async () => {
    throw new Teapot();
  });
  app.get("/gone", async (_, reply) => reply.callNotFound());
  app.post("/checked", { schema: checked, bodyLimit }, async () => "checked");
  app.get("/late", () => tooLate(() => httpError(504)));
  app.get("/limited", async (_, reply) => reply.code(429).header("Retry-After", "1").send());
  app.addHook("onRequest", async (request, reply) => {
    if (request.url.endsWith("/private")) await reply.code(401).send();
  });
  app.all("/private", async () => "never reached");
  app.get("/stream", async (_, reply) =>
    reply.send(
      Readable.from(
        (async function* () {
          yield "first";
          await new Promise((resolve) => setTimeout(resolve, 5));
          yield "last";
        })(),
      ),
    ),
  );
  app.get("/aborted", async (_, reply) =>
    reply.send(
      Readable.from(
        (async function* () {
          yield "first";
          await tooLate(() => new Error("cut"));
        })(),
      ),
    ),
  );
  app.get("/moved", async (_, reply) => reply.redirect("/elsewhere"));
  app.get("/bare", (_, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { "Content-Type": "text/plain" });
    reply.raw.end("bare");
  });
  app.get("/own-cors", async (_, reply) => reply.headers(ownCors).send("mine"));
  app.get("/vary/accept", async (_, reply) => reply.header("Vary", "Accept").send("varies"));
  app.get("/vary/lines", async (_, reply) => reply.header("Vary", ["Accept", "Cookie"]).send("varies"));
  app.get("/vary/star", async (_, reply) => reply.header("Vary", "*").send("varies"));
  app.get("/vary/origin", async (_, reply) => reply.header("Vary", "origin").send("varies"));
  app.get("/cookies", async (_, reply) => reply.header("Set-Cookie", ["a=1", "b=2"]).send("cookies"));
  app.options("/mine", async (_, reply) => reply.header("Allow", "GET, OPTIONS").send("mine"));
}

/** The application on Fastify. `registerCors` is called with the scope that CORS is for, before anything else is there. */
export function fastifyApplication(
  registerCors: (scope: FastifyInstance) => void,
  prefix: Base,
  http2: boolean,
): FastifyInstance {
  // The instances differ in the types of their requests alone.
  const app = http2 ? (Fastify({ http2: true }) as unknown as FastifyInstance) : Fastify();
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Teapot) void reply.code(418).send("teapot");
    else void reply.send(error);
  });
  if (prefix !== "") app.get("/ok", async () => "ok");
  if (corsBase(prefix) === "") {
    registerCors(app);
    app.register(async (scope) => addRoutes(scope), { prefix });
  } else {
    app.register(
      async (scope) => {
        registerCors(scope);
        // A scope's router 404 is its own only if it says so.
        scope.setNotFoundHandler((_request, reply) => void reply.code(404).send("no such path"));
        scope.register(async (inner) => addRoutes(inner));
      },
      { prefix },
    );
  }
  return app;
}
