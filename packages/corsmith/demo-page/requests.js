// The requests that the page can make, as data. `path` is a function where it depends on the orders that are known.

const json = { "Content-Type": "application/json" };

/**
 * @typedef {object} DemoRequest
 * @property {string} id
 * @property {string} title What the button says.
 * @property {string} method
 * @property {(orderId: number) => string} path
 * @property {() => Record<string, string>} headers
 * @property {unknown} [body] Sent as JSON.
 * @property {boolean} preflight Does the browser ask first?
 * @property {string} note What to expect, before the button is pressed.
 * @property {string} [refusal] Where the policy refuses it for every page: the reason that the log should give.
 * @property {string} [readable] What to say when it was readable, beyond the usual.
 */

/** @type {readonly { title: string, requests: readonly DemoRequest[] }[]} */
export const groups = [
  {
    title: "A session and some orders",
    requests: [
      {
        id: "sign-in",
        title: "Sign in",
        method: "POST",
        path: () => "/session",
        headers: () => ({}),
        preflight: false,
        note: "A plain POST: no preflight. The answer sets a cookie that scripts cannot see, and the browser keeps it even where the page may not read the answer.",
        readable: "The cookie came with it; Set-Cookie is never shown to a script, on any page.",
      },
      {
        id: "list",
        title: "List the orders",
        method: "GET",
        path: () => "/orders",
        headers: () => ({}),
        preflight: false,
        note: "A plain GET: no preflight. Two response headers are exposed by the policy, the other headers of the API are not.",
        readable: "X-Request-Id and X-Total-Count are here because the policy exposes them.",
      },
      {
        id: "create",
        title: "Create an order",
        method: "POST",
        path: () => "/orders",
        headers: () => ({ ...json, "Idempotency-Key": crypto.randomUUID() }),
        body: { item: "tea, 250 g", quantity: 1 },
        preflight: true,
        note: "JSON is not a form’s content type, so the browser asks with a preflight first. Needs the session.",
      },
      {
        id: "update",
        title: "Change the order",
        method: "PUT",
        path: (orderId) => `/orders/${orderId}`,
        headers: () => json,
        body: { item: "tea, 500 g", quantity: 2 },
        preflight: true,
        note: "PUT always needs a preflight, and the policy lists it. The cookie travels with the PUT, never with its preflight.",
      },
      {
        id: "delete",
        title: "Delete the order",
        method: "DELETE",
        path: (orderId) => `/orders/${orderId}`,
        headers: () => ({}),
        preflight: true,
        note: "DELETE needs a preflight too, and the policy lists it.",
      },
    ],
  },
  {
    title: "Errors, waiting, streaming",
    requests: [
      {
        id: "error",
        title: "Make the API throw",
        method: "GET",
        path: () => "/error",
        headers: () => ({}),
        preflight: false,
        note: "A 500 without CORS headers would look like a CORS failure. The gateway puts them on errors as well.",
        readable: "It is an error, and the allowed page can tell which.",
      },
      {
        id: "not-found",
        title: "Ask for what is not there",
        method: "GET",
        path: () => "/no-such-thing",
        headers: () => ({}),
        preflight: false,
        note: "The same for a 404.",
        readable: "It is an error, and the allowed page can tell which.",
      },
      {
        id: "slow",
        title: "Wait for a slow answer",
        method: "GET",
        path: () => "/slow",
        headers: () => ({}),
        preflight: false,
        note: "The API takes two seconds. On the page that is not allowed, the wait is for nothing.",
      },
      {
        id: "stream",
        title: "Read a stream",
        method: "GET",
        path: () => "/stream",
        headers: () => ({}),
        preflight: false,
        note: "Server-sent events, one by one as the API writes them; the gateway holds nothing back.",
      },
    ],
  },
  {
    title: "Refused by the policy, for every page",
    requests: [
      {
        id: "header",
        title: "Send a header that is not allowed",
        method: "GET",
        path: () => "/orders",
        headers: () => ({ "X-Debug": "1" }),
        preflight: true,
        note: "X-Debug is not in the policy’s allowHeaders. The preflight says so, and the GET is never sent.",
        refusal: "headers-refused",
      },
      {
        id: "method",
        title: "Use a method that is not allowed",
        method: "PATCH",
        path: (orderId) => `/orders/${orderId}`,
        headers: () => json,
        body: { quantity: 3 },
        preflight: true,
        note: "PATCH is not in the policy’s allowMethods. The preflight says so, and the PATCH is never sent.",
        refusal: "method-refused",
      },
    ],
  },
];
