import { Writable } from "node:stream";
import { definePolicy, type Policy } from "@corsmith/cors";
import { compileRouteTable, type RouteInput } from "@corsmith/cors/routes";
import { type Logger, pino } from "pino";
import { type Gateway, type GatewayOptions, startGateway } from "../../../src/gateway/gateway.ts";

/** The origin that {@link testPolicy} allows, and one that it does not. */
export const allowedOrigin = "https://app.example.com";
export const refusedOrigin = "https://evil.example";

export const testPolicy: Policy = definePolicy({
  allowOrigins: [allowedOrigin],
  allowCredentials: true,
  allowMethods: ["PUT", "DELETE"],
  allowHeaders: ["content-type"],
  exposeHeaders: ["x-total"],
  maxAge: 600,
});

export interface TestGatewayOptions extends Partial<Omit<GatewayOptions, "upstream" | "routes">> {
  readonly policy?: Policy | false;
  readonly routes?: readonly RouteInput[];
}

/** A gateway on a free port, silent unless it is given a log. */
export function startTestGateway(upstream: URL, options: TestGatewayOptions = {}): Promise<Gateway> {
  const { policy = testPolicy, routes = [], ...rest } = options;
  return startGateway({
    upstream,
    listen: { host: "127.0.0.1", port: 0 },
    routes: compileRouteTable(policy, routes),
    log: pino({ level: "silent" }),
    ...rest,
    limits: { drainSeconds: 1, ...rest.limits },
  });
}

/** A log whose lines can be looked at. */
export function recordingLog(level = "info"): { readonly log: Logger; readonly lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  return { log: pino({ level }, sink), lines };
}
