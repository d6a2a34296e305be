import { cors } from "@corsmith/cors/hono";
import { getRequestListener } from "@hono/node-server";
import { listen, serverFor } from "../support/listen.ts";
import { base } from "./application.ts";
import { honoApplication } from "./hono-application.ts";
import { each, type Host, quiet } from "./host.ts";

export const honoHost: Host = {
  name: "Hono 4",
  adapter: "hono",
  http2: true,
  start(policy, setup) {
    const layers = each(setup, () => cors(policy, quiet));
    return listen(serverFor(setup.http2, getRequestListener(honoApplication(layers, base(setup.mount)).fetch)));
  },
};
