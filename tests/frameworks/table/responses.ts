import type { Ask } from "../support/ask.ts";
import { app, evil, type PolicyName } from "./policies.ts";
import { from, type HeaderLines, type Row, varyActual } from "./row.ts";

type Behaviour = readonly [name: string, method: string, path: string, status: number, body?: string];

/** Whatever becomes of a request: the application's part. */
const behaviours: readonly Behaviour[] = [
  ["S77: a success", "GET", "/ok", 200],
  ["S77: a HEAD request", "HEAD", "/ok", 200],
  ["S40: a method that no preflight would pass", "PATCH", "/ok", 200],
  ["S77: something made", "POST", "/created", 201],
  ["S77: no content", "GET", "/empty", 204],
  ["S49: not modified", "GET", "/unchanged", 304],
  ["S49: a redirect, its headers immutable where there are such", "GET", "/moved", 302],
  ["S77: a thrown error", "GET", "/thrown", 500],
  ["S77: a rejected promise", "GET", "/rejected", 500],
  ["S77: the framework's own HTTP error", "GET", "/refused", 403],
  ["S77: an error that the application's own error handler answers", "GET", "/teapot", 418],
  ["S77: a 404 of the handler", "GET", "/gone", 404],
  ["S77: the router's 404", "GET", "/missing", 404],
  ["S77: the router's 404 below a path that exists", "GET", "/vary/missing", 404],
  ["S77: a validation error", "POST", "/checked", 400, '{"n":"one"}'],
  ["S77: a body too large", "POST", "/checked", 413, JSON.stringify({ n: "x".repeat(4000) })],
  ["S77: a body that passes", "POST", "/checked", 200, '{"n":1}'],
  ["S77: a time-out", "GET", "/late", 504],
  ["S77: too many requests", "GET", "/limited", 429],
  ["S77: authentication refused", "GET", "/private", 401],
  ["S77: a stream", "GET", "/stream", 200],
  ["S78: an abort after the head", "GET", "/aborted", 200],
  ["S77: an answer past the framework's own reply object", "GET", "/bare", 200],
  ["S38: CORS headers that the application sets itself", "GET", "/own-cors", 200],
  ["S77: two cookies", "GET", "/cookies", 200],
  ["S2: an ordinary OPTIONS", "OPTIONS", "/mine", 200],
];

type Asker = readonly [
  who: string,
  policy: PolicyName,
  headers: HeaderLines,
  cors: readonly string[],
  vary: readonly string[],
];

/** For every origin: the policy's part. It is the same for all that the application may do. */
const askers: readonly Asker[] = [
  [
    "the allowed page",
    "page",
    from(app),
    [
      "access-control-allow-credentials: true",
      `access-control-allow-origin: ${app}`,
      "access-control-expose-headers: x-request-id",
    ],
    varyActual,
  ],
  ["a page that is refused", "page", from(evil), [], varyActual],
  ["no page at all", "page", [], [], varyActual],
  ["any page", "open", from(evil), ["access-control-allow-origin: *", "access-control-expose-headers: *"], []],
];

function askOf([, method, path, , body]: Behaviour, headers: HeaderLines): Ask {
  return body === undefined ? { method, path, headers } : { method, path, headers, body };
}

export const responses: readonly Row[] = behaviours.flatMap((behaviour) =>
  askers.map(
    ([who, policy, headers, cors, vary]): Row => ({
      name: `${behaviour[0]}, asked for by ${who}`,
      policy,
      mount: "everywhere",
      ask: askOf(behaviour, headers),
      status: behaviour[3],
      cors,
      vary,
    }),
  ),
);
