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
