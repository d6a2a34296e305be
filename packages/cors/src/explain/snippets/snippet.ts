import type { ExplanationCode } from "../../failures/catalogue.ts";
import type { Facts } from "../facts.ts";

/** The stacks that snippets are written for, by name. */
export const stacks = [
  "http",
  "corsmith",
  "corsmith-cors",
  "express",
  "fastify",
  "koa",
  "hono",
  "fastapi",
  "django",
  "spring",
  "go",
  "nginx",
  "apache",
  "caddy",
  "haproxy",
  "api-gateway",
  "s3",
  "fetch",
] as const;

/** Which server, proxy, cloud or page a snippet is for: one of {@link stacks}. `http` is the answer itself, whoever sends it. */
export type Stack = (typeof stacks)[number];

/** A few lines that end a failure, in the words of one stack. */
export interface Snippet {
  readonly stack: Stack;
  /** The stack's name, and what is to be installed for it. */
  readonly title: string;
  /** For a highlighter: `js`, `ts`, `python`, `nginx`, `yaml` … */
  readonly language: string;
  readonly code: string;
}

/** What a server is to be told: the user's own origin, method and header, and what else such a server mostly needs. */
export interface Wish {
  readonly code: ExplanationCode;
  readonly origin: string;
  readonly credentials: boolean;
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  /** Names for Access-Control-Expose-Headers. */
  readonly expose: readonly string[];
}

const exampleOrigin = "https://app.example.com";
const usualMethods: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const usualHeaders: readonly string[] = ["authorization", "content-type"];

/**
 * A wish from what is known. Facts come from strangers' text and go into files of configuration: whatever is not an origin, a method
 * or a header's name to the letter is left out.
 */
export function wishOf(code: ExplanationCode, { origin, method, header }: Facts): Wish {
  const named = method !== undefined && /^[A-Za-z]{1,20}$/.test(method) ? method.toUpperCase() : undefined;
  const asked = header !== undefined && /^[A-Za-z0-9-]{1,64}$/.test(header) ? header.toLowerCase() : undefined;
  const exposes = code === "response-header-not-exposed";
  return {
    code,
    origin: origin !== undefined && isPlainOrigin(origin) ? origin : exampleOrigin,
    credentials: code.includes("credentials") && code !== "url-contains-credentials",
    methods: named === undefined ? usualMethods : unique(["GET", "POST", named]),
    headers: asked === undefined || exposes ? usualHeaders : unique([...usualHeaders, asked]),
    expose: exposes ? [asked ?? "etag"] : [],
  };
}

function isPlainOrigin(text: string): boolean {
  return /^[a-z][a-z0-9+.-]{0,30}:\/\/(?:[a-z0-9.-]{1,253}|\[[0-9a-f:]{2,45}\])(?::\d{1,5})?$/.test(text);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
