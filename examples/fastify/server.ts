import process from "node:process";
import { cors, type PolicyOrFalse } from "@corsmith/cors/fastify";
import Fastify from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    cors?: PolicyOrFalse;
  }
}

const app = Fastify();

// First of all, and with await: hooks run in the order in which they were added, and authentication would answer preflights with 401;
// and the plugin has to be there when a route with a policy of its own is declared.
await app.register(
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
// Anybody may read this one.
app.get("/prices", { config: { cors: { allowOrigins: "*" } } }, async () => [{ id: 1, price: 9 }]);
app.get("/broken", async () => {
  throw new Error("broken");
});

await app.listen({ port: Number(process.env["PORT"] ?? 3000) });
console.log("listening on", app.server.address());
