import { getRequestListener } from "@hono/node-server";
import { cors } from "hono/cors";
import type { Subject } from "../guarantees/subject.ts";
import { base } from "../hosts/application.ts";
import { honoApplication } from "../hosts/hono-application.ts";
import { each } from "../hosts/host.ts";
import { versionOf } from "../matrix/versions.ts";
import { listen, serverFor } from "../support/listen.ts";
import { app } from "../table/policies.ts";

export const honoPeer: Subject = {
  name: `hono/cors ${versionOf("hono")}`,
  http2: true,
  async start(setup, anyOrigin = false) {
    const layers = each(setup, () =>
      cors({
        origin: anyOrigin ? "*" : [app],
        credentials: true,
        allowMethods: ["PUT", "DELETE"],
        allowHeaders: ["Content-Type", "X-A"],
        exposeHeaders: ["X-Request-Id"],
        maxAge: 600,
      }),
    );
    return listen(serverFor(setup.http2, getRequestListener(honoApplication(layers, base(setup.mount)).fetch)));
  },
};
