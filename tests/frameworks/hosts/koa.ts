import { cors } from "@corsmith/cors/koa";
import { listen, serverFor } from "../support/listen.ts";
import { base } from "./application.ts";
import { each, type Host, quiet } from "./host.ts";
import { koaApplication } from "./koa-application.ts";

export const koaHost: Host = {
  name: "Koa 3",
  adapter: "koa",
  http2: true,
  start(policy, setup) {
    const layers = each(setup, () => cors(policy, quiet));
    return listen(serverFor(setup.http2, koaApplication(layers, base(setup.mount)).callback()));
  },
};
