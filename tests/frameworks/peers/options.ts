import { app } from "../table/policies.ts";

/** The policy `page` of the table in the words that `cors` and `@fastify/cors` share; or any origin with credentials. */
export function nodeOptions(anyOrigin: boolean) {
  return {
    origin: anyOrigin ? "*" : [app],
    credentials: true,
    methods: ["PUT", "DELETE"],
    allowedHeaders: ["Content-Type", "X-A"],
    exposedHeaders: ["X-Request-Id"],
    maxAge: 600,
  };
}
