import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { OrderBook } from "./order-book.ts";
import { ApiProblem, readOrder } from "./read-order.ts";
import { SessionStore } from "./session-store.ts";

/** How slow the slow parts of the demo API are. Milliseconds; tests shorten them. */
export type DemoApiPace = Readonly<Record<"slowMs" | "betweenEventsMs", number>>;

const streamedEvents = 6;

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The number in `/orders/7`. */
  readonly id: number;
  readonly orders: OrderBook;
  readonly sessions: SessionStore;
  readonly pace: DemoApiPace;
  /** Aborts when the caller has gone. */
  readonly gone: AbortSignal;
}

type Handler = (call: Call) => void | Promise<void>;

const resources: readonly { readonly path: RegExp; readonly methods: Readonly<Record<string, Handler>> }[] = [
  { path: /^\/session$/, methods: { POST: signIn } },
  { path: /^\/orders$/, methods: { GET: listOrders, POST: createOrder } },
  { path: /^\/orders\/(\d{1,9})$/, methods: { PUT: updateOrder, DELETE: deleteOrder } },
  { path: /^\/error$/, methods: { GET: breakDown } },
  { path: /^\/slow$/, methods: { GET: answerSlowly } },
  { path: /^\/stream$/, methods: { GET: streamEvents } },
];

/**
 * The demo API: orders, a session cookie, an error, something slow, something that streams. It knows nothing of CORS: it is the kind of
 * API that Corsmith is put in front of.
 */
export function createDemoApi(pace: DemoApiPace = { slowMs: 2000, betweenEventsMs: 400 }): RequestListener {
  const orders = new OrderBook();
  const sessions = new SessionStore();
  return (request, response) => {
    response.setHeader("X-Request-Id", randomUUID());
    // Not exposed by the demo policy: curl shows it, a script on the allowed page never sees it.
    response.setHeader("X-Served-By", "demo-api");
    response.setHeader("Cache-Control", "no-store");
    const leaving = new AbortController();
    response.once("close", () => leaving.abort());
    const call = { request, response, id: 0, orders, sessions, pace, gone: leaving.signal };
    serve(call).catch((error: unknown) => answerProblem(response, error));
  };
}

async function serve(call: Call): Promise<void> {
  const path = (call.request.url ?? "/").split("?", 1)[0] ?? "/";
  for (const resource of resources) {
    const match = resource.path.exec(path);
    if (match === null) continue;
    const method = call.request.method === "HEAD" ? "GET" : (call.request.method ?? "GET");
    const handler = Object.hasOwn(resource.methods, method) ? resource.methods[method] : undefined;
    if (handler === undefined) {
      const allow = Object.keys(resource.methods).join(", ");
      throw new ApiProblem(405, "method-unknown", `${path} takes ${allow}.`, { Allow: allow });
    }
    await handler({ ...call, id: Number(match[1] ?? 0) });
    return;
  }
  throw new ApiProblem(404, "not-found", `There is nothing at ${path}.`);
}

function signIn({ response, sessions }: Call): void {
  response.setHeader("Set-Cookie", sessions.open());
  answerJson(response, 201, { signedIn: true });
}

function listOrders({ response, orders }: Call): void {
  const list = orders.list();
  response.setHeader("X-Total-Count", String(list.length));
  answerJson(response, 200, list);
}

async function createOrder(call: Call): Promise<void> {
  demandSession(call);
  const key = call.request.headers["idempotency-key"]?.toString().slice(0, 100);
  const { order, created } = call.orders.create(await readOrder(call.request), key);
  call.response.setHeader("Location", `/orders/${order.id}`);
  answerJson(call.response, created ? 201 : 200, order);
}

async function updateOrder(call: Call): Promise<void> {
  demandSession(call);
  const order = call.orders.update(call.id, await readOrder(call.request));
  if (order === undefined) throw noSuchOrder(call);
  answerJson(call.response, 200, order);
}

function deleteOrder(call: Call): void {
  demandSession(call);
  if (!call.orders.delete(call.id)) throw noSuchOrder(call);
  call.response.writeHead(204).end();
}

function breakDown(): never {
  throw new Error("thrown on purpose");
}

async function answerSlowly({ response, pace, gone }: Call): Promise<void> {
  await pause(pace.slowMs, undefined, { signal: gone });
  answerJson(response, 200, { waitedMs: pace.slowMs });
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
async function streamEvents({ request, response, pace, gone }: Call): Promise<void> {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  const events = request.method === "HEAD" ? 0 : streamedEvents;
  for (let number = 1; number <= events; number += 1) {
    if (number > 1) await pause(pace.betweenEventsMs, undefined, { signal: gone });
    response.write(`id: ${number}\ndata: event ${number} of ${streamedEvents}\n\n`);
  }
  response.end();
}

function demandSession({ request, sessions }: Call): void {
  if (sessions.isSignedIn(request.headers.cookie)) return;
  throw new ApiProblem(401, "not-signed-in", "Sign in first: POST /session gives you the cookie.");
}

function noSuchOrder({ id }: Call): ApiProblem {
  return new ApiProblem(404, "no-such-order", `There is no order ${id}.`);
}

function answerProblem(response: ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) response.destroy();
  else if (error instanceof ApiProblem) {
    response.setHeaders(new Map(Object.entries(error.headers)));
    answerJson(response, error.status, { error: error.code, message: error.message });
  } else
    answerJson(response, 500, { error: "internal", message: "The API threw an error while it handled this request." });
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.writeHead(status).end(`${JSON.stringify(body)}\n`);
}
