import process from "node:process";
import { cors } from "@corsmith/cors/fastify";
import Fastify from "fastify";

const app = Fastify();

// First of all: hooks run in the order in which they were added, and authentication would answer preflights with 401.
app.register(
  cors({
    allowOrigins: ["https://app.example.com", "http://localhost:*"],
    allowCredentials: true,
    allowMethods: ["PUT"],
    allowHeaders: ["Content-Type"],
    maxAge: 600,
  }),
);

app.get("/orders", async () => [{ id: 1 }]);
app.put("/orders/:id", async (_request, reply) => reply.code(204).send());
app.get("/broken", async () => {
  throw new Error("broken");
});

await app.listen({ port: Number(process.env["PORT"] ?? 3000) });
console.log("listening on", app.server.address());
