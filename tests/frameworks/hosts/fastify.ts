import { cors } from "@corsmith/cors/fastify";
import type { FastifyInstance } from "fastify";
import { running } from "../support/listen.ts";
import { base } from "./application.ts";
import { fastifyApplication } from "./fastify-application.ts";
import { each, type Host, quiet } from "./host.ts";

export const fastifyHost: Host = {
  name: "Fastify 5",
  adapter: "fastify",
  http2: true,
  async start(policy, setup) {
    const register = (scope: FastifyInstance): void => {
      for (const plugin of each(setup, () => cors(policy, quiet))) void scope.register(plugin);
    };
    const app = fastifyApplication(register, base(setup.mount), setup.http2);
    await app.listen({ port: 0, host: "127.0.0.1" });
    return running(app.server, () => app.close());
  },
};
