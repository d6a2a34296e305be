import process from "node:process";
import { cors } from "@corsmith/cors/node";
import { listen, serverFor } from "../support/listen.ts";
import { base, corsBase, pathWithin } from "./application.ts";
import { each, type Host, quiet } from "./host.ts";
import { answerOnNode } from "./node-application.ts";

export const nodeHost: Host = {
  name: `node:http ${process.versions.node.split(".")[0]}`,
  adapter: "node",
  http2: true,
  start(policy, setup) {
    const guards = each(setup, () => cors(policy, quiet));
    const prefix = base(setup.mount);
    return listen(
      serverFor(setup.http2, (request, response) => {
        const { pathname } = new URL(request.url ?? "", "http://localhost");
        const path = pathWithin(prefix, pathname) ?? pathname;
        const layers = pathWithin(corsBase(prefix), pathname) === undefined ? [] : guards;
        layers.reduceRight<() => unknown>(
          (next, guard) => () => guard(request, response, next),
          () => answerOnNode(request, response, path),
        )();
      }),
    );
  },
};
