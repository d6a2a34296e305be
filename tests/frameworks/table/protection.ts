import { app, evil, type PolicyName } from "./policies.ts";
import { from, type HeaderLines, type Row, type Told, varyActual } from "./row.ts";

const allowed = [`access-control-allow-origin: ${app}`];
const crossSite = ["Sec-Fetch-Site", "cross-site"] as const;
const webSocket = ["Upgrade", "websocket"] as const;

const whatToDo =
  "Pages on this origin may not send this request. If the page is yours, add its origin to allowOrigins of this API's CORS policy.";
const unknown = "The origin of this page could not be looked up. Try again later.";

const passing: readonly (readonly [string, string, HeaderLines, readonly string[]])[] = [
  ["S102: an unsafe request of the allowed page", "POST", from(app, crossSite), allowed],
  ["S102: an unsafe request of no browser", "POST", [], []],
  ["S8: an unsafe request of the API's own page", "POST", from(evil, ["Sec-Fetch-Site", "same-origin"]), []],
  ["S102: a safe request of a foreign page", "GET", from(evil, crossSite), []],
];

const refused: readonly (readonly [string, string, HeaderLines, string, string])[] = [
  ["S102: an unsafe request of a foreign page", "POST", from(evil, crossSite), "origin-refused", whatToDo],
  ["S102: an unsafe request of a foreign page with an old browser", "DELETE", from(evil), "origin-refused", whatToDo],
  ["S102: an unsafe request of a sandboxed frame", "POST", from("null"), "origin-refused", whatToDo],
  ["S102: a cross-site request that hides its origin", "POST", [crossSite], "origin-refused", whatToDo],
  ["S102: an unsafe request of no origin at all", "POST", from("<b>evil"), "malformed", whatToDo],
  ["S103: a foreign page's WebSocket", "GET", from(evil, webSocket), "origin-refused", whatToDo],
  ["S103: a foreign page's WebSocket, asked for by HEAD", "HEAD", from(evil, webSocket), "origin-refused", whatToDo],
];

/** JSON, a line, counted; with HEAD the same head alone. */
function told(method: string, code: string, message: string): Told {
  const text = `{"status":403,"code":"${code}","message":"${message}"}\n`;
  const type = "application/json; charset=utf-8";
  return { type, length: String(text.length), body: method === "HEAD" ? "" : text };
}

function row(name: string, policy: PolicyName, method: string, headers: HeaderLines): Omit<Row, "status" | "cors"> {
  return { name, policy, mount: "everywhere", ask: { method, path: "/ok", headers }, vary: varyActual };
}

/** `crossOriginProtection` answers before the application, and says why. */
export const protection: readonly Row[] = [
  ...passing.map(([name, method, headers, cors]) => ({ ...row(name, "guarded", method, headers), status: 200, cors })),
  ...refused.map(([name, method, headers, code, message]) => ({
    ...row(name, "guarded", method, headers),
    status: 403,
    cors: [],
    told: told(method, code, message),
  })),
  {
    ...row(
      "S102: an unsafe request while the lookup is down",
      "guardedTenants",
      "POST",
      from("https://broken.example"),
    ),
    status: 403,
    cors: [],
    told: told("POST", "origin-lookup-failed", unknown),
  },
];
