import { randomUUID } from "node:crypto";
import { cors } from "@corsmith/cors/express";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express from "express";
import { addOrder, listOrders } from "./orders.ts";

const server = new McpServer({ name: "orders", version: "1.0.0" });
server.registerTool("list", {}, () => ({ content: [{ type: "text", text: listOrders().join(", ") }] }));
server.registerTool("add", {}, () => ({ content: [{ type: "text", text: String(addOrder()) }] }));
const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID });
await server.connect(transport);

const app = express();
app.use(
  cors({
    allowOrigins: ["https://app.example.com"],
    allowMethods: ["DELETE"],
    allowHeaders: ["Authorization", "Content-Type", "Last-Event-ID", "Mcp-Protocol-Version", "Mcp-Session-Id"],
    exposeHeaders: ["Mcp-Session-Id", "WWW-Authenticate"],
    crossOriginProtection: true,
  }),
);
app.all("/mcp", express.json(), (request, response) => transport.handleRequest(request, response, request.body));

app.listen(3000);
