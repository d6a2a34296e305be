// A small API to try the examples and the guide with. It knows nothing of CORS: it stands for yours.
// Run: node examples/orders-api.mjs        It listens on http://127.0.0.1:8000, or on the port in PORT.

import { createServer } from "node:http";
import process from "node:process";

const orders = new Map([[1, { id: 1, item: "tea" }]]);

const server = createServer((request, response) => {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const id = Number(/^\/(?:orders|admin|public)\/(\d{1,9})$/.exec(path)?.[1] ?? Number.NaN);
  request.resume();
  request.once("end", () => {
    console.error(`the API got ${request.method} ${path}`);
    response.setHeader("X-Request-Id", "7");
    if (path === "/error") answer(response, 500, { error: "thrown on purpose" });
    else if (/^\/(?:orders|admin|public)$/.test(path)) answer(response, 200, [...orders.values()]);
    else if (!Number.isNaN(id)) answer(response, 200, { id, done: request.method });
    else answer(response, 404, { error: "not found" });
  });
});

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {unknown} body
 */
function answer(response, status, body) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}

server.listen(Number(process.env["PORT"] ?? 8000), "127.0.0.1", () => {
  const address = server.address();
  console.error(`The orders API listens on http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit());
