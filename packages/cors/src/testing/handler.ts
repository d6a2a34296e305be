/** A handler of the Fetch form, as Workers, Deno, Bun, Hono and route handlers of Next have it. */
export type Handler = (request: Request) => Response | Promise<Response>;

/** Something with such a handler: a Hono or an h3 app, the default export of a Worker. */
export interface HandlerObject {
  fetch(request: Request): Response | Promise<Response>;
}

/** Calls the handler as its owner would: a `fetch` that needs its `this` has it. */
export function toHandler(handler: Handler | HandlerObject): Handler {
  return typeof handler === "function" ? handler : (request) => handler.fetch(request);
}
