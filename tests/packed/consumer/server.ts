// The same for a Node server, with Node's own types and without the browser's.

import { createServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { cors } from "@corsmith/cors/node";
import { assertAllowsCrossOrigin } from "@corsmith/cors/testing";

const allow = cors({ allowOrigins: ["https://app.example.com"] });

export const server = createServer((request, response) => {
  allow(request, response, () => response.end("hello"));
});

export const http2Server = createHttp2Server((request, response) => {
  allow(request, response, () => response.end("hello"));
});

export const judged: Promise<void> = assertAllowsCrossOrigin("http://127.0.0.1:3000", {
  origin: "http://localhost:5173",
});
