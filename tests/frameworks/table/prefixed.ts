import { app, evil } from "./policies.ts";
import { from, type HeaderLines, preflightFrom, type Row, varyActual, varyPreflight } from "./row.ts";

const pageHears = [
  "access-control-allow-credentials: true",
  "access-control-allow-headers: content-type, x-a",
  "access-control-allow-methods: PUT, DELETE",
  `access-control-allow-origin: ${app}`,
  "access-control-max-age: 600",
];
const pageSees = [
  "access-control-allow-credentials: true",
  `access-control-allow-origin: ${app}`,
  "access-control-expose-headers: x-request-id",
];

type Case = readonly [
  name: string,
  method: string,
  path: string,
  headers: HeaderLines,
  status: number,
  cors: readonly string[],
  vary: readonly string[],
];

const cases: readonly Case[] = [
  [
    "S81: a preflight for the prefix itself",
    "OPTIONS",
    "/api",
    preflightFrom(app, "PUT"),
    204,
    pageHears,
    varyPreflight,
  ],
  [
    "S81: a preflight for the prefix with a slash",
    "OPTIONS",
    "/api/",
    preflightFrom(app, "PUT"),
    204,
    pageHears,
    varyPreflight,
  ],
  ["S81: a preflight for a route", "OPTIONS", "/api/ok", preflightFrom(app, "PUT"), 204, pageHears, varyPreflight],
  [
    "S81: a preflight for a nested route",
    "OPTIONS",
    "/api/vary/accept",
    preflightFrom(app, "PUT"),
    204,
    pageHears,
    varyPreflight,
  ],
  [
    "S81: a preflight for no route",
    "OPTIONS",
    "/api/missing",
    preflightFrom(app, "PUT"),
    204,
    pageHears,
    varyPreflight,
  ],
  [
    "S81: a preflight for no nested route",
    "OPTIONS",
    "/api/missing/as/well",
    preflightFrom(app, "PUT"),
    204,
    pageHears,
    varyPreflight,
  ],
  [
    "S81: a preflight where authentication stands",
    "OPTIONS",
    "/api/private",
    preflightFrom(app, "PUT"),
    204,
    pageHears,
    varyPreflight,
  ],
  ["S81: a preflight that is refused", "OPTIONS", "/api/ok", preflightFrom(evil, "PUT"), 403, [], varyPreflight],
  [
    "S81: a preflight that is refused, for no route",
    "OPTIONS",
    "/api/missing",
    preflightFrom(evil, "PUT"),
    403,
    [],
    varyPreflight,
  ],
  ["S81: a success", "GET", "/api/ok", from(app), 200, pageSees, varyActual],
  ["S81: a success that a foreign page asks for", "GET", "/api/ok", from(evil), 200, [], varyActual],
  ["S81: a thrown error", "GET", "/api/thrown", from(app), 500, pageSees, varyActual],
  ["S81: a rejected promise", "GET", "/api/rejected", from(app), 500, pageSees, varyActual],
  ["S81: the router's 404", "GET", "/api/missing", from(app), 404, pageSees, varyActual],
  ["S81: an error of the application's own handler", "GET", "/api/teapot", from(app), 418, pageSees, varyActual],
  ["S81: authentication refused", "GET", "/api/private", from(app), 401, pageSees, varyActual],
  ["S81: a stream", "GET", "/api/stream", from(app), 200, pageSees, varyActual],
  ["S81: CORS headers of the application", "GET", "/api/own-cors", from(app), 200, pageSees, varyActual],
  ["S81: an ordinary OPTIONS", "OPTIONS", "/api/mine", from(app), 200, pageSees, varyActual],
  ["S81: a success outside of the prefix", "GET", "/ok", from(app), 200, [], []],
  ["S81: a 404 outside of the prefix", "GET", "/apiary", from(app), 404, [], []],
];

/** CORS for what is below `/api` alone. */
export const prefixed: readonly Row[] = cases.map(([name, method, path, headers, status, cors, vary]) => ({
  name: `${name}, with CORS below a prefix`,
  policy: "page",
  mount: "prefix",
  ask: { method, path, headers },
  status,
  cors,
  vary,
}));
