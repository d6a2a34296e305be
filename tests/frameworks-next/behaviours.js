// The application of tests/frameworks/hosts/application.ts in Next's own ways. Plain JavaScript: Next's check of types wants a compiler
// that this repository does not have.
import { notFound } from "next/navigation";

const encoder = new TextEncoder();
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

function chunks(finish) {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(encoder.encode("first"));
      await pause();
      finish(controller);
    },
  });
}

function withLines(name, values) {
  const headers = new Headers();
  for (const value of values) headers.append(name, value);
  return new Response("lines", { headers });
}

async function checked(request) {
  const body = await request.text();
  if (body.length > 1024) return new Response(null, { status: 413 });
  return new Response(null, { status: typeof JSON.parse(body).n === "number" ? 200 : 400 });
}

const ownCors = {
  "Access-Control-Allow-Origin": "https://other.example",
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Allow-Methods": "PATCH",
};

const ok = () => new Response("ok");
const missing = () => new Response("no such path", { status: 404 });
const privately = () => new Response(null, { status: 401 });

/** What each path exports: method → handler. */
export const behaviours = {
  ok: { GET: ok, POST: ok, PUT: ok, PATCH: ok, DELETE: ok },
  // The last route: what no other has. Next's own 404 is a page, and pages replace `Vary`.
  missing: { GET: missing, POST: missing, PUT: missing, PATCH: missing, DELETE: missing },
  created: { POST: () => Response.json({}, { status: 201, headers: { Location: "/things/1" } }) },
  empty: { GET: () => new Response(null, { status: 204 }) },
  unchanged: { GET: () => new Response(null, { status: 304 }) },
  thrown: {
    GET: () => {
      throw new Error("thrown");
    },
  },
  rejected: {
    GET: async () => {
      await pause();
      throw new Error("rejected");
    },
  },
  refused: { GET: () => new Response("refused", { status: 403 }) },
  teapot: { GET: () => new Response("teapot", { status: 418 }) },
  gone: { GET: () => notFound() },
  checked: { POST: checked },
  late: { GET: () => pause().then(() => new Response("late", { status: 504 })) },
  limited: { GET: () => new Response(null, { status: 429, headers: { "Retry-After": "1" } }) },
  private: { GET: privately, PUT: privately },
  stream: {
    GET: () =>
      new Response(
        chunks((controller) => {
          controller.enqueue(encoder.encode("last"));
          controller.close();
        }),
      ),
  },
  aborted: { GET: () => new Response(chunks((controller) => controller.error(new Error("cut")))) },
  moved: { GET: () => Response.redirect("http://127.0.0.1/elsewhere") },
  bare: { GET: () => new Response(new Uint8Array([1])) },
  "own-cors": { GET: () => new Response("mine", { headers: ownCors }) },
  "vary/accept": { GET: () => withLines("Vary", ["Accept"]) },
  "vary/lines": { GET: () => withLines("Vary", ["Accept", "Cookie"]) },
  "vary/star": { GET: () => withLines("Vary", ["*"]) },
  "vary/origin": { GET: () => withLines("Vary", ["origin"]) },
  cookies: { GET: () => withLines("Set-Cookie", ["a=1", "b=2"]) },
  mine: { OPTIONS: () => new Response("mine", { headers: { Allow: "GET, OPTIONS" } }) },
};
