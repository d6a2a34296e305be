import type { PolicyInput } from "../../src/index.ts";
import { parseOrigin } from "../../src/origin/parse-origin.ts";
import { type Draw, drawFrom, originNear } from "./arbitraries.ts";

/** The server that pages ask. */
export const apiOrigin = "https://api.example";

/** A request of a page, and what of it a server is asked for, known from how it was made and not from any code of ours. */
export interface PageRequest {
  readonly origin: string;
  readonly init: {
    readonly method: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly credentials: "omit" | "same-origin" | "include";
    readonly mode: "cors" | "no-cors";
  };
  /** The method as it goes out. */
  readonly method: string;
  /** The names that a preflight must ask for: lower case, sorted. */
  readonly unsafeNames: readonly string[];
  readonly needsPreflight: boolean;
  readonly sameOrigin: boolean;
}

const methods = [
  "GET",
  "POST",
  "GET",
  "get",
  "HEAD",
  "POST",
  "PUT",
  "put",
  "DELETE",
  "PATCH",
  "patch",
  "PURGE",
  "Purge",
  "OPTIONS",
  "*",
];
/** @see https://fetch.spec.whatwg.org/#concept-method-normalize */
const normalized = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);
const simple = new Set(["GET", "HEAD", "POST"]);

/** Names, each with values that need no preflight and values that do. @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
const headers: readonly {
  readonly name: string;
  readonly safe: readonly string[];
  readonly unsafe: readonly string[];
}[] = [
  { name: "Accept", safe: ["*/*", "a".repeat(128)], unsafe: ["(x)", "a".repeat(129)] },
  { name: "Accept-Language", safe: ["en, de;q=0.5"], unsafe: ["en_GB"] },
  { name: "Content-Language", safe: ["en"], unsafe: ["<en>"] },
  {
    name: "Content-Type",
    safe: ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded;charset=UTF-8"],
    unsafe: ["application/json", "text/html", "text/plain; x={}", `text/plain;${"a".repeat(120)}`],
  },
  { name: "Range", safe: ["bytes=0-5", "bytes=7-"], unsafe: ["bytes=-5", "bytes=0-1,3-4"] },
  { name: "Authorization", safe: [], unsafe: ["Bearer x"] },
  { name: "X-A", safe: [], unsafe: ["1"] },
  { name: "X-B", safe: [], unsafe: ["2"] },
  { name: "*", safe: [], unsafe: ["3"] },
];

/** More names than a server reads. */
const monstrous = Array.from({ length: 300 }, (_, index) => [`x-${String(index).padStart(3, "0")}`, "1"] as const);

/** A cheap generator of pages' requests from a seed. `monsters`: also such as no server reads to their end. */
export function pageRequestMaker(seed: number, policy: PolicyInput, monsters: boolean): () => PageRequest {
  const draw = drawFrom(seed);
  return () => {
    const origin = pageOrigin(draw, policy);
    const credentials = draw.pick(["omit", "same-origin", "include"] as const);
    if (draw.below(24) === 0) return noCorsRequest(draw, origin, credentials);
    const written = draw.pick(methods);
    const method = normalized.has(written.toUpperCase()) ? written.toUpperCase() : written;
    const { lines, unsafe } = monsters && draw.below(64) === 0 ? monster : someHeaders(draw);
    const sameOrigin = origin === apiOrigin;
    return {
      origin,
      init: { method: written, headers: lines, credentials, mode: "cors" },
      method,
      unsafeNames: unsafe,
      needsPreflight: !sameOrigin && (!simple.has(method) || unsafe.length > 0),
      sameOrigin,
    };
  };
}

function pageOrigin(draw: Draw, policy: PolicyInput): string {
  const kind = draw.below(16);
  if (kind === 0) return "null";
  if (kind === 1) return apiOrigin;
  const origin = originNear(draw, policy);
  return parseOrigin(origin) === undefined ? "null" : origin;
}

interface Headers {
  readonly lines: readonly (readonly [string, string])[];
  readonly unsafe: readonly string[];
}

const monster: Headers = { lines: monstrous, unsafe: monstrous.map(([name]) => name) };

function someHeaders(draw: Draw): Headers {
  const lines: (readonly [string, string])[] = [];
  const unsafe: string[] = [];
  for (const { name, safe, unsafe: values } of headers) {
    if (draw.below(8) !== 0) continue;
    const needs = safe.length === 0 || draw.below(2) === 0;
    lines.push([draw.below(3) === 0 ? name.toLowerCase() : name, draw.pick(needs ? values : safe)]);
    if (needs) unsafe.push(name.toLowerCase());
  }
  return { lines, unsafe: unsafe.sort() };
}

/** Goes out without asking, and nothing of its answer is seen. Headers that would need asking are dropped on the way. */
function noCorsRequest(draw: Draw, origin: string, credentials: PageRequest["init"]["credentials"]): PageRequest {
  const method = draw.pick([...simple]);
  const sameOrigin = origin === apiOrigin;
  return {
    origin,
    init: { method, headers: [["X-A", "1"]], credentials, mode: "no-cors" },
    method,
    unsafeNames: [],
    needsPreflight: false,
    sameOrigin,
  };
}
