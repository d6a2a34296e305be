import { cors } from "@corsmith/cors/fastify";
import { running } from "../support/listen.ts";
import { base } from "./application.ts";
import { fastifyApplication } from "./fastify-application.ts";
import { type Host, quiet } from "./host.ts";

export const fastifyHost: Host = {
  name: "Fastify 5",
  adapter: "fastify",
  async start(policy, mount) {
    const app = await fastifyApplication((scope) => void scope.register(cors(policy, quiet)), base(mount));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return running(app.server, () => app.close());
  },
};
