import { createServer } from "node:http";
import process from "node:process";
import { cors } from "@corsmith/cors/node";
import { listen } from "../support/listen.ts";
import { base } from "./application.ts";
import { type Host, quiet } from "./host.ts";
import { answerOnNode } from "./node-application.ts";

export const nodeHost: Host = {
  name: `node:http ${process.versions.node.split(".")[0]}`,
  adapter: "node",
  start(policy, mount) {
    const guard = cors(policy, quiet);
    const prefix = base(mount);
    return listen(
      createServer((request, response) => {
        const { pathname } = new URL(request.url ?? "", "http://localhost");
        const inside = pathname === prefix || pathname.startsWith(`${prefix}/`);
        const answer = (): unknown =>
          answerOnNode(request, response, inside ? pathname.slice(prefix.length) : pathname);
        if (inside) guard(request, response, answer);
        else answer();
      }),
    );
  },
};
