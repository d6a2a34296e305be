import type { IncomingMessage } from "node:http";
import { addLine, type FieldLines } from "../fields.ts";

/** The request's line and header section, read once. Values are latin1 strings: one character a byte, as they came. */
export interface RequestHead {
  readonly method: string;
  /** The target of the request line, in the bytes that came. */
  readonly target: string;
  readonly version: string;
  /** Names and values in turn, as they came. */
  readonly raw: readonly string[];
  /** The names again in lower case, one a line: `names[n]` belongs to `raw[2 * n]`. */
  readonly names: readonly string[];
  /** Bytes of the request line and the header section. */
  readonly bytes: number;
  readonly fields: Readonly<WatchedFields>;
}

/** The fields by which the gateway itself acts: their names, in lower case, and what they are called here. */
const watched = {
  host: "host",
  "content-length": "contentLength",
  "transfer-encoding": "transferEncoding",
  connection: "connection",
  upgrade: "upgrade",
  expect: "expect",
  te: "te",
  origin: "origin",
  "access-control-request-method": "requestMethod",
  "access-control-request-headers": "requestHeaders",
  "sec-fetch-mode": "fetchMode",
  "sec-fetch-site": "fetchSite",
  "user-agent": "userAgent",
  cookie: "cookie",
  authorization: "authorization",
  forwarded: "forwarded",
  "x-forwarded-for": "forwardedFor",
  "x-forwarded-host": "forwardedHost",
  "x-forwarded-port": "forwardedPort",
  "x-forwarded-proto": "forwardedProto",
} as const;

type WatchedField = (typeof watched)[keyof typeof watched];

/** What came of the watched fields. */
export type WatchedFields = Record<WatchedField, FieldLines>;

const keys: ReadonlyMap<string, WatchedField> = new Map(Object.entries(watched));
const noFields = Object.fromEntries(Array.from(keys.values(), (key) => [key, undefined])) as WatchedFields;

/** "method target HTTP/1.1\r\n" without the method and the target, and the empty line. */
const lineOverhead = 13;
/** ": " and "\r\n". */
const fieldOverhead = 4;

/**
 * Reads the head of a request. From `rawHeaders`, because `headers` joins some duplicates and drops others, and a second `Host` or
 * `Origin` must be seen.
 */
export function readRequestHead(request: IncomingMessage): RequestHead {
  const { rawHeaders: raw, method = "", url = "" } = request;
  const names: string[] = [];
  const fields = { ...noFields };
  let bytes = method.length + url.length + lineOverhead;
  for (let index = 0; index < raw.length; index += 2) {
    const value = raw[index + 1] ?? "";
    const name = (raw[index] ?? "").toLowerCase();
    names.push(name);
    bytes += name.length + value.length + fieldOverhead;
    const key = keys.get(name);
    if (key !== undefined) fields[key] = addLine(fields[key], value);
  }
  return { method, target: url, version: request.httpVersion, raw, names, bytes, fields };
}
