/** Who sets the CORS headers of a host: nobody, the handler itself, the package that the host's users take, or ours. */
export const owners = ["nobody", "by-hand", "usual-package", "corsmith"] as const;
export type Owner = (typeof owners)[number];

/** The hosts that are measured, each with the package that its users take. On a bare server that is `cors` too. */
export const usualPackages = {
  node: "cors",
  express: "cors",
  fastify: "@fastify/cors",
  koa: "@koa/cors",
  hono: "hono/cors",
} as const;
export type HostName = keyof typeof usualPackages;

export const hostNames: readonly HostName[] = ["node", "express", "fastify", "koa", "hono"];
