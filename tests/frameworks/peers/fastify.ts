import cors, { type FastifyCorsOptions } from "@fastify/cors";
import type { FastifyInstance } from "fastify";
import type { Subject } from "../guarantees/subject.ts";
import { base } from "../hosts/application.ts";
import { fastifyApplication } from "../hosts/fastify-application.ts";
import { each } from "../hosts/host.ts";
import { versionOf } from "../matrix/versions.ts";
import { running } from "../support/listen.ts";
import { nodeOptions } from "./options.ts";

/** The plugin as it is; but what it throws while it starts rejects, where it would end the process of the tests. */
const plugin = Object.assign(
  (scope: FastifyInstance, options: FastifyCorsOptions): Promise<void> =>
    new Promise((resolve, reject) => {
      cors(scope, options, (error) => (error === undefined ? resolve() : reject(error)));
    }),
  { [Symbol.for("skip-override")]: true },
);

export const fastifyPeer: Subject = {
  name: `@fastify/cors ${versionOf("@fastify/cors")}`,
  http2: true,
  async start(setup, anyOrigin = false) {
    const register = (scope: FastifyInstance): void => {
      for (const options of each(setup, () => nodeOptions(anyOrigin))) void scope.register(plugin, options);
    };
    const server = fastifyApplication(register, base(setup.mount), setup.http2);
    await server.listen({ port: 0, host: "127.0.0.1" });
    return running(server.server, () => server.close());
  },
};
