import process from "node:process";
import { cors } from "@corsmith/cors/hono";
import { serve } from "@hono/node-server";
import { Hono } from "hono";

const app = new Hono();

// First of all: what comes before it answers preflights, and authentication would answer them with 401.
app.use(
  cors({
    allowOrigins: ["https://app.example.com", "http://localhost:*"],
    allowCredentials: true,
    allowMethods: ["PUT"],
    allowHeaders: ["Content-Type"],
    maxAge: 600,
  }),
);

app.get("/orders", (c) => c.json([{ id: 1 }]));
app.put("/orders/:id", (c) => c.body(null, 204));
app.get("/broken", () => {
  throw new Error("broken");
});

serve({ fetch: app.fetch, port: Number(process.env["PORT"] ?? 3000) }, (address) =>
  console.log("listening on", address),
);
