import { freshText } from "../fresh-text.ts";

/** The part of a request that the contenders read. */
export interface BenchRequest {
  readonly method: string;
  /** As Node joins them, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** As they came, names and values in turn. */
  readonly rawHeaders: readonly string[];
}

/** What a page asks. */
export interface Asking {
  readonly method: string;
  readonly origin: string;
  /** Of a preflight. */
  readonly requestMethod?: string;
  readonly requestHeaders?: string;
}

/** What Chromium sends around it. */
const surroundings: readonly (readonly [string, string])[] = [
  ["Host", "api.example.com"],
  ["Connection", "keep-alive"],
  [
    "User-Agent",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  ],
  ["Accept", "application/json"],
  ["Sec-Fetch-Site", "same-site"],
  ["Sec-Fetch-Mode", "cors"],
  ["Sec-Fetch-Dest", "empty"],
  ["Referer", "https://app.example.com/"],
  ["Accept-Encoding", "gzip, deflate, br, zstd"],
  ["Accept-Language", "en-GB,en;q=0.9"],
];

/** A request whose every string is new, with the dozen headers that a browser sends. */
export function benchRequest({ method, origin, requestMethod, requestHeaders }: Asking): BenchRequest {
  const rawHeaders: string[] = [];
  for (const [name, value] of surroundings) rawHeaders.push(freshText(name), freshText(value));
  rawHeaders.push(freshText("Origin"), freshText(origin));
  if (requestMethod !== undefined) {
    rawHeaders.push(freshText("Access-Control-Request-Method"), freshText(requestMethod));
  }
  if (requestHeaders !== undefined) {
    rawHeaders.push(freshText("Access-Control-Request-Headers"), freshText(requestHeaders));
  }
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers[(rawHeaders[index] ?? "").toLowerCase()] = rawHeaders[index + 1] ?? "";
  }
  return { method, headers, rawHeaders };
}
