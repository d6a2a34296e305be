import cors from "@koa/cors";
import type { Subject } from "../guarantees/subject.ts";
import { base } from "../hosts/application.ts";
import { each } from "../hosts/host.ts";
import { koaApplication } from "../hosts/koa-application.ts";
import { versionOf } from "../matrix/versions.ts";
import { listen, serverFor } from "../support/listen.ts";
import { app } from "../table/policies.ts";

export const koaPeer: Subject = {
  name: `@koa/cors ${versionOf("@koa/cors")}`,
  http2: true,
  async start(setup, anyOrigin = false) {
    const layers = each(setup, () =>
      cors({
        // It knows no lists: its way to compare is a function.
        origin: anyOrigin ? "*" : (ctx) => (ctx.get("Origin") === app ? app : ""),
        credentials: true,
        allowMethods: ["PUT", "DELETE"],
        allowHeaders: ["Content-Type", "X-A"],
        exposeHeaders: ["X-Request-Id"],
        maxAge: 600,
      }),
    );
    return listen(serverFor(setup.http2, koaApplication(layers, base(setup.mount)).callback()));
  },
};
