import type { Engine, PageRequestInit } from "@corsmith/cors/browser";

/** A page, what its script calls, and what answers. */
export interface Question {
  readonly origin: string;
  readonly url: string;
  readonly method: string;
  readonly headers: readonly QuestionHeader[];
  readonly credentials: boolean;
  readonly engine: Engine;
  readonly against: Against;
  /** The policy, as it is written; asked only with `against: "own"`. */
  readonly policyText: string;
}

/** One request header that the script sets. */
export interface QuestionHeader {
  readonly name: string;
  readonly value: string;
}

/** The active policy, one that is written here, or what the API really answers. */
export type Against = "in-force" | "own" | "live";

/** The form at first: a request that needs a preflight, and a policy that permits it. */
export const firstQuestion: Question = {
  origin: "https://app.example.com",
  url: "https://api.example.com/orders/1",
  method: "PUT",
  headers: [{ name: "Content-Type", value: "application/json" }],
  credentials: true,
  engine: "standard",
  against: "own",
  policyText: `allowOrigins:
  - https://app.example.com
  - https://*.preview.example.com
allowCredentials: true
allowMethods: [PUT]
allowHeaders: [content-type]
maxAge: 600
`,
};

/** The question as the options of `fetch`. */
export function requestInit({ method, headers, credentials }: Question): PageRequestInit {
  const named = headers.filter(({ name }) => name.trim() !== "");
  return {
    method,
    headers: named.map(({ name, value }): [string, string] => [name.trim(), value]),
    credentials: credentials ? "include" : "same-origin",
  };
}

/** What is wrong with the origin, in a sentence with the fix; `undefined` if nothing is. */
export function originError(origin: string): string | undefined {
  if (origin === "null") return undefined;
  if (origin.trim() === "") return "Enter the page’s origin: https://app.example.com";
  const url = URL.parse(origin.trim());
  if (url === null || url.host === "") return "An origin is scheme://host[:port], such as https://app.example.com";
  const written = `${url.protocol}//${url.host}`;
  return written === origin ? undefined : `An origin ends with its host or port: ${written}`;
}

/** What is wrong with the URL; `undefined` if nothing is. */
export function urlError(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null) return "Enter the full URL that the script calls: https://api.example.com/orders";
  return parsed.protocol === "http:" || parsed.protocol === "https:" ? undefined : "Use an http: or https: URL.";
}
