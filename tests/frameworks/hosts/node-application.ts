import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { bodyLimit, isChecked, ownCors, Teapot, tooLate } from "./application.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

const answers: Readonly<Record<string, Handler>> = {
  "/ok": (_, res) => res.end("ok"),
  "/created": (_, res) => res.writeHead(201, "Created", { Location: "/things/1" }).end("{}"),
  "/empty": (_, res) => res.writeHead(204).end(),
  "/unchanged": (_, res) => res.writeHead(304, { ETag: '"1"' }).end(),
  "/thrown": () => {
    throw new Error("thrown");
  },
  "/rejected": () => tooLate(() => new Error("rejected")),
  "/refused": (_, res) => res.writeHead(403).end("refused"),
  "/gone": (_, res) => res.writeHead(404).end("gone"),
  "/limited": (_, res) => res.writeHead(429, { "Retry-After": "1" }).end(),
  "/private": (_, res) => res.writeHead(401, { "WWW-Authenticate": "Basic" }).end(),
  "/stream": (_, res) => {
    res.write("first");
    setTimeout(() => res.end("last"), 5);
  },
  "/aborted": (_, res) => {
    res.write("first");
    setTimeout(() => res.destroy(), 5);
  },
  "/moved": (_, res) => res.writeHead(302, ["Location", "/elsewhere"]).end(),
  "/bare": (_, res) => {
    res.flushHeaders();
    res.end("bare");
  },
  "/own-cors": (_, res) => res.setHeaders(new Map(Object.entries(ownCors))).end("mine"),
  "/vary/accept": (_, res) => res.setHeader("Vary", "Accept").end(),
  "/vary/lines": (_, res) => res.setHeader("Vary", ["Accept", "Cookie"]).end(),
  "/vary/star": (_, res) => res.setHeader("Vary", "*").end(),
  "/vary/origin": (_, res) => res.setHeader("Vary", "origin").end(),
  "/cookies": (_, res) => res.setHeader("Set-Cookie", ["a=1", "b=2"]).end(),
  "/mine": (_, res) => res.writeHead(200, { Allow: "GET, OPTIONS" }).end("mine"),
  "/checked": async (req, res) => {
    const body = await text(req);
    if (Buffer.byteLength(body) > bodyLimit) return res.writeHead(413).end();
    return res.writeHead(isChecked(JSON.parse(body)) ? 200 : 400).end();
  },
  "/late": async (_, res) => {
    await tooLate(() => new Error("late")).catch(() => res.writeHead(504).end());
  },
  "/teapot": (_, res) => {
    try {
      throw new Teapot();
    } catch {
      res.writeHead(418).end("teapot");
    }
  },
};

/** The application on `node:http` alone: its router is a table. */
export function answerOnNode(request: IncomingMessage, response: ServerResponse, path: string): unknown {
  const answer = answers[path];
  if (answer === undefined) return response.writeHead(404).end("no such path");
  return answer(request, response);
}
