import { handleCors, type Middleware } from "h3";
import { toNodeHandler } from "h3/node";
import type { Subject } from "../guarantees/subject.ts";
import { base } from "../hosts/application.ts";
import { h3Application } from "../hosts/h3-application.ts";
import { each } from "../hosts/host.ts";
import { versionOf } from "../matrix/versions.ts";
import { listen, serverFor } from "../support/listen.ts";
import { app } from "../table/policies.ts";

export const h3Peer: Subject = {
  name: `h3's handleCors ${versionOf("h3")}`,
  http2: true,
  async start(setup, anyOrigin = false) {
    const layers = each(
      setup,
      (): Middleware => (event, next) => {
        const answer = handleCors(event, {
          origin: anyOrigin ? "*" : [app],
          credentials: true,
          methods: ["PUT", "DELETE"],
          allowHeaders: ["Content-Type", "X-A"],
          exposeHeaders: ["X-Request-Id"],
          maxAge: "600",
        });
        return answer === false ? next() : answer;
      },
    );
    return listen(serverFor(setup.http2, toNodeHandler(h3Application(layers, base(setup.mount)))));
  },
};
