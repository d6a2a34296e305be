// The same for a Node server, with Node's own types and without the browser's.

import { createServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { cors } from "@corsmith/cors/node";

const allow = cors({ allowOrigins: ["https://app.example.com"] });

export const server = createServer((request, response) => {
  allow(request, response, () => response.end("hello"));
});

export const http2Server = createHttp2Server((request, response) => {
  allow(request, response, () => response.end("hello"));
});
