/** Where a framework answers before any middleware, hook or handler runs: no adapter can reach that, ours neither. */
export const outOfReach: ReadonlySet<string> = new Set([
  "Fastify 5: A path that cannot be decoded can be read",
  "Nest 12 on Fastify: A path that cannot be decoded can be read",
  "h3 2: A path that cannot be decoded can be read",
]);
