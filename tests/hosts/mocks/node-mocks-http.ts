import { cors } from "@corsmith/cors/node";
import httpMocks from "node-mocks-http";
import { addOrder, listOrders } from "../servers/orders.ts";
import { policy } from "../servers/policy.ts";
import type { AskHost } from "../support/ask.ts";

const guard = cors(policy);

/** Asks the middleware alone, with the usual mocks. Their request has no `rawHeaders`, and their `end` writes no head. */
export const ask: AskHost = async ({ method, path, headers }) => {
  const request = httpMocks.createRequest({ url: path, headers: Object.fromEntries(headers) });
  request.method = method;
  const response = httpMocks.createResponse();
  guard(request, response, () => {
    response.end(JSON.stringify(method === "POST" ? addOrder() : listOrders()));
  });
  const sent = new Headers();
  for (const [name, value] of Object.entries(response.getHeaders())) sent.set(name, String(value));
  return { status: response.statusCode, headers: sent, body: String(response._getData()) };
};
