import type { Transport, TransportRequest, TransportResponse } from "../browser/index.ts";
import { wireHeaders } from "../browser/transport/transport.ts";
import { known } from "./transports.ts";

/** A handler of the Fetch form, as Workers, Deno, Bun, Hono and route handlers of Next have it. */
export type Handler = (request: Request) => Response | Promise<Response>;

/** Something with such a handler: a Hono or an h3 app, the default export of a Worker. */
export interface HandlerObject {
  fetch(request: Request): Response | Promise<Response>;
}

/** How the handler is run. */
export interface HandlerOptions {
  /**
   * Called with what the handler threw. The page gets what servers answer then: a 500 without any header, which no page of another origin can
   * read. Default `console.error`.
   */
  readonly onError?: (error: unknown) => void;
}

/**
 * Sends requests to a handler of the Fetch form in this process, no socket between: Hono's and h3's `app`, a route handler of Next, a
 * Worker, what `Deno.serve` and `Bun.serve` take. The handler sees what a server would: `Origin`, `Cookie`, `Host` and the preflight's
 * headers, which a page could not set.
 *
 * For an app of `(req, res)` listen on port 0 of 127.0.0.1 and leave `transport` out: `openPage` then uses the network.
 *
 * @example
 * ```ts
 * import { openPage } from "@corsmith/cors/browser";
 * import { transportFromHandler } from "@corsmith/cors/testing";
 *
 * const handler = (request: Request) =>
 *   new Response("hello", { headers: { "Access-Control-Allow-Origin": request.headers.get("Origin") ?? "" } });
 * const page = openPage({ origin: "https://app.example.com", transport: transportFromHandler(handler) });
 * const response = await page.fetch("https://api.example.com/");
 * console.assert((await response.text()) === "hello");
 * ```
 */
export function transportFromHandler(handler: Handler | HandlerObject, options: HandlerOptions = {}): Transport {
  // A `fetch` that needs its `this` has it.
  const handle: Handler = typeof handler === "function" ? handler : (request) => handler.fetch(request);
  const onError = options.onError ?? ((error: unknown) => console.error(error));
  return known(async (request) => {
    return toTransportResponse(await abortable(request, () => answer(handle, request, onError)));
  });
}

async function answer(
  handle: Handler,
  request: TransportRequest,
  onError: (error: unknown) => void,
): Promise<Response> {
  const made = platformRequest(request);
  try {
    return await handle(made);
  } catch (thrown) {
    if (request.signal?.aborted === true) throw thrown;
    if (isResponse(thrown)) return thrown;
    onError(thrown);
    return new Response("Internal Server Error", { status: 500 });
  }
}

/** The page does not wait for a handler that does not listen to the signal. */
async function abortable({ signal }: TransportRequest, run: () => Promise<Response>): Promise<Response> {
  if (signal === undefined) return run();
  signal.throwIfAborted();
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([run(), aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function toTransportResponse(response: Response): TransportResponse {
  if (!isResponse(response)) {
    throw new TypeError(`The handler returned ${describe(response)} and must return a Response.`);
  }
  const { status, statusText, headers, body } = response;
  if (status === 0) throw new Error("The handler returned Response.error(), which is not an answer.");
  if (response.bodyUsed) throw new TypeError("The handler returned a Response whose body was read before.");
  return { status, statusText, headers: [...headers], body };
}

/** Of any realm: a test runner may have put its own classes in the place of the platform's. */
function isResponse(value: unknown): value is Response {
  return (
    typeof value === "object" && value !== null && "status" in value && "headers" in value && "arrayBuffer" in value
  );
}

function describe(value: unknown): string {
  return value === null ? "null" : value === undefined ? "nothing" : `a value of type ${typeof value}`;
}

/**
 * A platform `Request` that shows what goes out on the wire. A page's `Request` may forbid `Origin`, `Cookie`, `Host` and others, and
 * change methods (Node's forbids nothing, that of a browser or of a simulated DOM does): a server's forbids nothing, so where the
 * platform's own came out wrong, the right values are laid over it, also over its clones.
 *
 * `Host` and `Content-Length` are there, as a server sees them. Lines of one name are one, as in every `Headers`.
 *
 * @see https://fetch.spec.whatwg.org/#headers-guard
 */
function platformRequest(sent: TransportRequest): Request {
  const { method, url, body, signal } = sent;
  // One without a guard takes every name.
  const headers = new Headers(wireHeaders(sent).map(([name, value]): [string, string] => [name, value]));
  const init: RequestInit & { duplex?: "half" } = {
    method,
    headers,
    // A server passes a redirect on and does not follow it.
    redirect: "manual",
    ...(body && { body }),
    ...(body instanceof ReadableStream && { duplex: "half" }),
    ...(signal && { signal }),
  };
  const request = new Request(url, init);
  return request.method === method && sameHeaders(request.headers, headers) ? request : lay(request, method, headers);
}

function sameHeaders(made: Headers, wanted: Headers): boolean {
  const names = [...wanted.keys()];
  return names.every((name) => made.get(name) === wanted.get(name)) && [...made.keys()].length === names.length;
}

function lay(request: Request, method: string, headers: Headers): Request {
  const clone = request.clone.bind(request);
  return Object.defineProperties(request, {
    method: { value: method },
    headers: { value: headers },
    clone: { value: () => lay(clone(), method, new Headers(headers)) },
  });
}
