import { cors } from "@corsmith/cors/koa";
import { createMockContext } from "@shopify/jest-koa-mocks";
import { addOrder, listOrders } from "../servers/orders.ts";
import { policy } from "../servers/policy.ts";
import type { AskHost } from "../support/ask.ts";

const guard = cors(policy);

/** Asks the middleware alone, with the usual mock of Koa's context. */
export const ask: AskHost = async ({ method, path, headers }) => {
  const context = createMockContext({ url: path, headers: Object.fromEntries(headers) });
  context.req.method = method;
  await guard(context, async () => {
    context.body = method === "POST" ? [addOrder()] : listOrders();
  }).catch(() => {
    context.status = 500;
  });
  const sent = new Headers();
  for (const [name, value] of Object.entries(context.res.getHeaders())) sent.set(name, String(value));
  return { status: context.status, headers: sent, body: JSON.stringify(context.body ?? null) };
};
