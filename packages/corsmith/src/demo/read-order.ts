import type { IncomingMessage } from "node:http";
import type { OrderInput } from "./order-book.ts";

const bodyLimit = 16 * 1024;

/**
 * Reads an order from the body. Throws {@link ApiProblem} with 415, 413, 400 or 422.
 *
 * Only `application/json` is taken: a page can send `text/plain` to any origin without a preflight, so an API that reads JSON from
 * whatever it is called would let every page write.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export async function readOrder(request: IncomingMessage): Promise<OrderInput> {
  const contentType = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(?:;|$)/i.test(contentType)) {
    throw new ApiProblem(415, "not-json", "Send the order as JSON, with Content-Type: application/json.");
  }
  return orderFrom(await readBody(request));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The socket must survive an early return: the 413 has yet to be written to it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > bodyLimit) {
      throw new ApiProblem(413, "too-large", `An order has at most ${bodyLimit} bytes.`, { Connection: "close" });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function orderFrom(text: string): OrderInput {
  let value: { readonly item?: unknown; readonly quantity?: unknown } | null;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiProblem(400, "json-broken", "The body is not JSON.");
  }
  const { item, quantity } = value ?? {};
  if (typeof item !== "string" || item.length === 0 || item.length > 80) {
    throw new ApiProblem(422, "item-invalid", "item: a text of 1 to 80 characters.");
  }
  if (typeof quantity !== "number" || !Number.isInteger(quantity) || quantity < 1 || quantity > 999) {
    throw new ApiProblem(422, "quantity-invalid", "quantity: an integer from 1 to 999.");
  }
  return { item, quantity };
}

/** An answer of the demo API that is not a success, thrown from wherever it is found out. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
