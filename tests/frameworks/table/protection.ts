import { app, evil } from "./policies.ts";
import { from, type HeaderLines, type Row, varyActual } from "./row.ts";

const allowed = [`access-control-allow-origin: ${app}`];

const cases: readonly (readonly [string, string, HeaderLines, number, readonly string[]])[] = [
  ["S102: an unsafe request of a stranger", "POST", from(evil, ["Sec-Fetch-Site", "cross-site"]), 403, []],
  ["S102: an unsafe request of a stranger with an old browser", "DELETE", from(evil), 403, []],
  ["S102: an unsafe request of a sandboxed frame", "POST", from("null"), 403, []],
  ["S102: an unsafe request of the allowed page", "POST", from(app, ["Sec-Fetch-Site", "cross-site"]), 200, allowed],
  ["S102: an unsafe request of no browser", "POST", [], 200, []],
  ["S102: a cross-site request that hides its origin", "POST", [["Sec-Fetch-Site", "cross-site"]], 403, []],
  ["S8: an unsafe request of the API's own page", "POST", from(evil, ["Sec-Fetch-Site", "same-origin"]), 200, []],
  ["S102: a safe request of a stranger", "GET", from(evil, ["Sec-Fetch-Site", "cross-site"]), 200, []],
];

/** `crossOriginProtection` answers before the application. */
export const protection: readonly Row[] = cases.map(([name, method, headers, status, cors]) => ({
  name,
  policy: "guarded",
  mount: "everywhere",
  ask: { method, path: "/ok", headers },
  status,
  cors,
  vary: varyActual,
}));
