import { express4Host, express5Host } from "./express.ts";
import { fastifyHost } from "./fastify.ts";
import { fetchHost } from "./fetch.ts";
import { h3Host } from "./h3.ts";
import { honoHost } from "./hono.ts";
import type { Host } from "./host.ts";
import { koaHost } from "./koa.ts";
import { nestExpressHost, nestFastifyHost } from "./nest.ts";
import { nodeHost } from "./node.ts";

/** Every framework that is installed for every contributor. Next has a folder of its own: `tests/frameworks-next`. */
export const allHosts: readonly Host[] = [
  nodeHost,
  fetchHost,
  express5Host,
  express4Host,
  fastifyHost,
  koaHost,
  honoHost,
  h3Host,
  nestExpressHost,
  nestFastifyHost,
];
