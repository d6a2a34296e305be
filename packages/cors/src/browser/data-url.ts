import { mimeTypeEssence } from "./mime-type-essence.ts";
import type { ServerResponse } from "./response.ts";

/**
 * What a `data:` URL holds.
 *
 * @returns undefined if it is none that can be read
 * @see https://fetch.spec.whatwg.org/#data-url-processor
 */
export function dataUrlResponse(url: URL): ServerResponse | undefined {
  const input = url.href.slice("data:".length).split("#")[0] ?? "";
  const comma = input.indexOf(",");
  if (comma < 0) return undefined;
  const written = input.slice(0, comma).trim();
  const encoded = /; *base64$/i.test(written);
  const body = decode(input.slice(comma + 1), encoded);
  if (body === undefined) return undefined;
  const bare = written.replace(/; *base64$/i, "");
  const type = bare.startsWith(";") ? `text/plain${bare}` : bare;
  const contentType = mimeTypeEssence(type) === undefined ? "text/plain;charset=US-ASCII" : type;
  return { type: "default", status: 200, statusText: "OK", headerList: [["Content-Type", contentType]], body };
}

function decode(text: string, base64: boolean): Uint8Array<ArrayBuffer> | undefined {
  const bytes = percentDecode(text);
  if (!base64) return bytes;
  try {
    return Uint8Array.from(atob(String.fromCharCode(...bytes)), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** @see https://url.spec.whatwg.org/#percent-decode */
function percentDecode(text: string): Uint8Array<ArrayBuffer> {
  const decoded = text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(decoded, (char) => char.charCodeAt(0));
}
