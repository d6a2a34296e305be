import type { Transport, TransportRequest, TransportResponse } from "../browser/index.ts";
import { type Handler, type HandlerObject, toHandler } from "./handler.ts";
import { platformRequest } from "./platform-request.ts";
import { known } from "./transports.ts";

/** How the handler is run. */
export interface HandlerOptions {
  /**
   * Hears of what the handler threw. The page gets what servers answer then: a 500 without any header, which no page of another origin can
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
  const handle = toHandler(handler);
  const onError = options.onError ?? ((error: unknown) => console.error(error));
  return known(async (request) => {
    const response = await abortable(request, () => answer(handle, request, onError));
    return toTransportResponse(response);
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
async function abortable<Value>({ signal }: TransportRequest, run: () => Promise<Value>): Promise<Value> {
  if (signal === undefined) return run();
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
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
  if (status === 0) throw new Error("The handler returned Response.error(), which is no answer.");
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
