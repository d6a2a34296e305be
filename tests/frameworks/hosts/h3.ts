import { cors } from "@corsmith/cors/h3";
import { toNodeHandler } from "h3/node";
import { listen, serverFor } from "../support/listen.ts";
import { base } from "./application.ts";
import { h3Application } from "./h3-application.ts";
import { each, type Host, quiet } from "./host.ts";

export const h3Host: Host = {
  name: "h3 2",
  adapter: "h3",
  http2: true,
  start(policy, setup) {
    const layers = each(setup, () => cors(policy, quiet));
    return listen(serverFor(setup.http2, toNodeHandler(h3Application(layers, base(setup.mount)))));
  },
};
