import { cors } from "@corsmith/cors/node";
import { addOrder, listOrders } from "../servers/orders.ts";
import { policy } from "../servers/policy.ts";
import type { AskHost } from "../support/ask.ts";

const guard = cors(policy);

/** Asks the middleware with the request and the response that people write by hand: only what they think of. */
export const ask: AskHost = async ({ method, path, headers }) => {
  const sent = new Headers();
  const made = { body: "" };
  const response = {
    statusCode: 200,
    headersSent: false,
    setHeader: (name: string, value: string | readonly string[]) => sent.set(name, String(value)),
    getHeader: (name: string) => sent.get(name) ?? undefined,
    removeHeader: (name: string) => sent.delete(name),
    writeHead: (status: number) => {
      response.statusCode = status;
    },
    end: (text = "") => {
      made.body = text;
    },
  };
  guard({ method, url: path, headers: Object.fromEntries(headers) }, response, () => {
    response.end(JSON.stringify(method === "POST" ? addOrder() : listOrders()));
  });
  return { status: response.statusCode, headers: sent, body: made.body };
};
