/**
 * Folders of the examples that hold a server with the library inside, not a configuration of the gateway. The tests of the frameworks start
 * and ask them; their first command installs packages that are not published yet.
 */
export const serversOfTheirOwn: ReadonlySet<string> = new Set(
  "express fastify fetch h3 hono incorrect koa nest next node sealed".split(" "),
);
