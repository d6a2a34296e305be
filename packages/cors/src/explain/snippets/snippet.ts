/** Which server, proxy, cloud or page a snippet is for. */
export type Stack =
  | "corsmith"
  | "corsmith-cors"
  | "express"
  | "fastify"
  | "koa"
  | "hono"
  | "fastapi"
  | "django"
  | "spring"
  | "go"
  | "nginx"
  | "apache"
  | "caddy"
  | "haproxy"
  | "api-gateway"
  | "s3"
  | "fetch";

/** A few lines that end a failure, in the words of one stack. */
export interface Snippet {
  readonly stack: Stack;
  /** The stack's name, and what is to be installed for it. */
  readonly title: string;
  /** For a highlighter: `js`, `ts`, `python`, `nginx`, `yaml` … */
  readonly language: string;
  readonly code: string;
}
