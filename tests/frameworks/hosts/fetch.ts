import { cors } from "@corsmith/cors/fetch";
import { getRequestListener } from "@hono/node-server";
import { listen, serverFor } from "../support/listen.ts";
import { base, bodyLimit, corsBase, isChecked, ownCors, pathWithin, Teapot, tooLate } from "./application.ts";
import { each, type Host, quiet } from "./host.ts";
import { brokenOff, twoChunks, withLines } from "./streams.ts";

type Handler = (request: Request) => Response | Promise<Response>;

const answers: Readonly<Record<string, Handler>> = {
  "/ok": () => new Response("ok"),
  "/created": () => Response.json({}, { status: 201, headers: { Location: "/things/1" } }),
  "/empty": () => new Response(null, { status: 204 }),
  "/unchanged": () => new Response(null, { status: 304 }),
  "/thrown": () => {
    throw new Error("thrown");
  },
  "/rejected": () => tooLate(() => new Error("rejected")),
  "/refused": () => {
    throw new Response("refused", { status: 403 });
  },
  "/teapot": () => {
    try {
      throw new Teapot();
    } catch {
      return new Response("teapot", { status: 418 });
    }
  },
  "/gone": () => new Response("gone", { status: 404 }),
  "/checked": async (request) => {
    const body = await request.text();
    if (body.length > bodyLimit) return new Response(null, { status: 413 });
    return new Response(null, { status: isChecked(JSON.parse(body)) ? 200 : 400 });
  },
  "/late": () => tooLate(() => new Error("late")).catch(() => new Response(null, { status: 504 })),
  "/limited": () => new Response(null, { status: 429, headers: { "Retry-After": "1" } }),
  "/private": () => new Response(null, { status: 401 }),
  "/stream": () => new Response(twoChunks()),
  "/aborted": () => new Response(brokenOff()),
  "/moved": () => Response.redirect("http://127.0.0.1/elsewhere"),
  "/bare": () => new Response(new Uint8Array([1])),
  "/own-cors": () => new Response("mine", { headers: ownCors }),
  "/vary/accept": () => withLines("Vary", ["Accept"]),
  "/vary/lines": () => withLines("Vary", ["Accept", "Cookie"]),
  "/vary/star": () => withLines("Vary", ["*"]),
  "/vary/origin": () => withLines("Vary", ["origin"]),
  "/cookies": () => withLines("Set-Cookie", ["a=1", "b=2"]),
  "/mine": () => new Response("mine", { headers: { Allow: "GET, OPTIONS" } }),
};

const route = (request: Request, path: string): Response | Promise<Response> =>
  answers[path]?.(request) ?? new Response("no such path", { status: 404 });

/** The Fetch form, as Workers, Deno and Bun have it, on a server of Node. */
export const fetchHost: Host = {
  name: "Fetch handler",
  adapter: "fetch",
  http2: true,
  start(policy, setup) {
    const prefix = base(setup.mount);
    const pathOf = ({ url }: Request): string => {
      const { pathname } = new URL(url);
      return pathWithin(prefix, pathname) ?? pathname;
    };
    const guarded = each(setup, () => cors(policy, quiet)).reduceRight<Handler>(
      (handler, guard) => guard(handler),
      (request) => route(request, pathOf(request)),
    );
    const handler: Handler = (request) =>
      pathWithin(corsBase(prefix), new URL(request.url).pathname) === undefined
        ? route(request, pathOf(request))
        : guarded(request);
    return listen(serverFor(setup.http2, getRequestListener(handler)));
  },
};
