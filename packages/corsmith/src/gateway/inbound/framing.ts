import type { Failure } from "../answer/failure.ts";
import { type FieldLines, isChunked, soleLine } from "../fields.ts";
import type { GatewayLimits } from "./limits.ts";
import type { RequestHead } from "./request-head.ts";

/** How the body of a request is delimited. */
export type BodyFraming = "none" | "length" | "chunked";

/** uri-host with an optional port; what else RFC 3986 would let stand in a name, no real host has. */
const hostPattern = /^(?:\[[0-9a-fA-F:.]+\]|[\w.~%-]+)(?::\d{0,5})?$/;
/** Fifteen digits are a petabyte, and still exact as a JavaScript number. */
const lengthPattern = /^\d{1,15}$/;

/**
 * Finds what two servers in a row could read differently, and what is over the limits. Node's parser has refused the rest before
 * (folded lines, bare CR, a space before the colon, two Content-Length lines), but it accepts two Host lines, codings before `chunked`,
 * and any version number.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-11.2
 */
export function framingFailure(head: RequestHead, limits: GatewayLimits): Failure | undefined {
  if (head.names.length > limits.headerCount) {
    return { status: 431, code: "headers-too-many", message: `More than ${limits.headerCount} header lines.` };
  }
  if (head.bytes > limits.headerBytes) {
    return { status: 431, code: "headers-too-large", message: `More than ${limits.headerBytes} bytes of headers.` };
  }
  if (head.version !== "1.1" && head.version !== "1.0") {
    return { status: 505, code: "version-not-supported", message: "Only HTTP/1.1 and HTTP/1.0 are supported." };
  }
  return hostFailure(head) ?? bodyFailure(head) ?? expectFailure(head.fields.expect);
}

/** How the body of a request that passed {@link framingFailure} is delimited. */
export function bodyFraming(head: RequestHead): BodyFraming {
  if (head.fields.transferEncoding !== undefined) return "chunked";
  const length = head.fields.contentLength;
  return length === undefined || Number(length) === 0 ? "none" : "length";
}

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2 */
function hostFailure(head: RequestHead): Failure | undefined {
  const { host } = head.fields;
  if (host === undefined) {
    return head.version === "1.0" ? undefined : refused("host-missing", "The Host header is missing.");
  }
  if (typeof host !== "string") return refused("host-repeated", "There is more than one Host header.");
  return hostPattern.test(host) ? undefined : refused("host-invalid", "The Host header is not a host and port.");
}

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
function bodyFailure(head: RequestHead): Failure | undefined {
  const { transferEncoding, contentLength } = head.fields;
  if (transferEncoding !== undefined) {
    if (contentLength !== undefined) {
      return refused("framing-conflict", "Content-Length and Transfer-Encoding must not come together.");
    }
    if (head.version === "1.0") return refused("framing-invalid", "HTTP/1.0 has no Transfer-Encoding.");
    if (isChunked(transferEncoding)) return undefined;
    return refused("framing-invalid", "The only Transfer-Encoding that is supported is chunked.");
  }
  if (contentLength === undefined) return undefined;
  const number = typeof contentLength === "string" && lengthPattern.test(contentLength);
  return number ? undefined : refused("framing-invalid", "Content-Length must be one whole number.");
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1 */
function expectFailure(expect: FieldLines): Failure | undefined {
  if (expect === undefined || soleLine(expect)?.toLowerCase() === "100-continue") return undefined;
  const message = "The only expectation that is supported is 100-continue.";
  return { status: 417, code: "expectation-failed", message };
}

function refused(code: string, message: string): Failure {
  return { status: 400, code, message };
}
