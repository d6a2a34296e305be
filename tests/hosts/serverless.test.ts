import { describe, expect, test } from "vitest";
import { listOrders } from "./servers/orders.ts";
import { describeHost } from "./support/describe-host.ts";
import { byEvent, type EventFormat, eventFormats } from "./support/events.ts";
import { importFunction } from "./support/import-server.ts";
import { requireHosts } from "./support/require-hosts.ts";

const installed = await requireHosts();

const rest = "API Gateway, REST (1.0)";
const http = "API Gateway, HTTP (2.0)";
const balancer = "load balancer";
const balancerLists = "load balancer, header lists";

/** The functions, and the events that each can be called with. */
const functions: readonly (readonly [name: string, formats: readonly EventFormat[]])[] = [
  ["serverless-http-express", [rest, http, balancer, balancerLists]],
  ["serverless-http-koa", [rest, http, balancer, balancerLists]],
  ["serverless-express", [rest, http, balancer, balancerLists]],
  ["fastify-lambda", [rest, http, balancer, balancerLists]],
  ["hono-lambda", [rest, http, balancer, balancerLists]],
];

const ways = functions.flatMap(([name, formats]) => formats.map((format) => [name, format] as const));

describe.skipIf(!installed)("a function", () => {
  for (const [name, format] of ways) {
    describeHost(`${name}, called by ${format}`, async () => ({ ask: byEvent(await importFunction(name), format) }));
  }

  test.each(ways.filter(([, format]) => format !== balancer))(
    "S6: %s, called by %s, refuses two origins",
    async (name, format) => {
      const before = listOrders().length;
      const { status, headers } = await byEvent(
        await importFunction(name),
        format,
      )({
        method: "POST",
        path: "/orders",
        headers: [
          ["Origin", "https://app.example.com"],
          ["Origin", "https://evil.example"],
        ],
      });
      expect([status, headers.get("access-control-allow-origin")]).toEqual([403, null]);
      expect(listOrders().length).toBe(before);
    },
  );

  test("every format of an event is asked", () => {
    expect(new Set(ways.map(([, format]) => format))).toEqual(new Set(Object.keys(eventFormats)));
  });
});
