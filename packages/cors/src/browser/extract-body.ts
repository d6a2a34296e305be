import type { RequestBody } from "./request.ts";

/**
 * The bytes of a body and the media type that goes with them; a stream stays one.
 *
 * @see https://fetch.spec.whatwg.org/#concept-bodyinit-extract
 */
export async function extractBody(
  object: NonNullable<RequestInit["body"]>,
): Promise<{ readonly body: RequestBody; readonly type: string | null }> {
  if (typeof object === "string") return { body: new TextEncoder().encode(object), type: "text/plain;charset=UTF-8" };
  if (object instanceof ReadableStream) return { body: object, type: null };
  // The platform knows forms, blobs and buffers: its Response extracts them as a Request would.
  const extracted = new Response(object);
  const type = extracted.headers.get("content-type");
  return { body: new Uint8Array(await extracted.arrayBuffer()), type };
}
