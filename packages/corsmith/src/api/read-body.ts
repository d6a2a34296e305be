import type { IncomingMessage } from "node:http";
import { ApiProblem } from "./api-problem.ts";

/** Reads a JSON body of at most so many bytes. Throws a problem for anything else. */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const type = request.headers["content-type"] ?? "";
  // No form of a page can send this type without asking first: it is part of the protection against cross-site requests.
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new ApiProblem("body-type-unsupported", {
      detail: "The body has to be JSON.",
      field: "content-type",
      value: type,
      fix: "content-type: application/json",
    });
  }
  const bytes = await readBytes(request, maxBytes);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    throw new ApiProblem("body-not-json", {
      detail: `The body is not JSON: ${why}.`,
      field: "body",
      fix: "Send valid JSON in UTF-8.",
    });
  }
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = (): ApiProblem =>
    new ApiProblem("body-too-large", {
      detail: `The body is larger than ${maxBytes} bytes.`,
      field: "body",
      fix: "Send less at once.",
    });
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
