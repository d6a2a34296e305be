import fc from "fast-check";
import Fastify, { type FastifyInstance, type HTTPMethods } from "fastify";
import { expect, test } from "vitest";
import { effort } from "../../../../tests/support/effort.ts";
import { cors } from "../../src/adapters/fastify.ts";
import type { PolicyInput } from "../../src/index.ts";

interface Route {
  readonly url: string;
  readonly methods: readonly HTTPMethods[];
  /** `undefined`: the route has none of its own. */
  readonly own: boolean | undefined;
}

interface Scope {
  readonly prefix: string;
  readonly policy: boolean;
  readonly routes: readonly Route[];
  readonly inside: readonly Scope[];
}

/** HEAD comes with GET: one that the application declares as well, Fastify drops without a word where parameters have other names. */
const declared = ["GET", "PUT", "DELETE", "OPTIONS"] as const;
const methods = [...declared, "HEAD"] as const;
const urls = ["/", "/x", "/x/", "/x/y", "/:id", "/:id(^\\d+$)", "/:id/y", "/x/:id", "/:id-:to", "/*", "/x/*"];
const paths = [
  "/",
  "/x",
  "/x/",
  "/x/y",
  "/7",
  "/7/y",
  "/x/7",
  "/a",
  "/a/",
  "/a/x",
  "/a/x/y",
  "/a/7",
  "/a/7/y",
  "/b/x",
  "/1-2",
];

const routes: fc.Arbitrary<Route> = fc.record({
  url: fc.constantFrom(...urls),
  methods: fc.uniqueArray(fc.constantFrom(...declared), { minLength: 1, maxLength: 3 }),
  own: fc.constantFrom(undefined, undefined, true, false),
});

function scopes(depth: number): fc.Arbitrary<Scope> {
  return fc.record({
    prefix: fc.constantFrom("", "/a", "/:tenant", "/x"),
    policy: fc.boolean(),
    routes: fc.uniqueArray(routes, { maxLength: 3, selector: ({ url }) => url }),
    inside: depth === 0 ? fc.constant([]) : fc.array(scopes(depth - 1), { maxLength: 2 }),
  });
}

/** A policy for everybody that says in both kinds of answers which one it is. */
function numbered(number: number): PolicyInput {
  return { allowOrigins: "*", allowMethods: "*", exposeHeaders: [`p${number}`], maxAge: number };
}

/** Declares a scope. @param outer is the scope around it under a policy? */
async function declare(app: FastifyInstance, scoped: Scope, outer: boolean, next: () => number): Promise<void> {
  const { policy, routes: own, inside } = scoped;
  const covered = outer || policy;
  if (policy) await app.register(cors(numbered(next()), { onError: () => {}, onStacked: () => {} }));
  for (const route of own) {
    const config = route.own === undefined ? {} : { cors: route.own && numbered(next()) };
    app.route({
      method: [...route.methods],
      url: route.url,
      config,
      handler: async (_, reply) => reply.header("covered", String(covered)).send(""),
    });
  }
  for (const each of inside) app.register((inner) => declare(inner, each, covered, next), { prefix: each.prefix });
}

const preflight = (method: string): Record<string, string> => ({
  origin: "https://app.example.com",
  "access-control-request-method": method,
});

test("Fastify: a route's preflight is answered by the policy that its request is under", async () => {
  const asked = fc.array(fc.tuple(fc.constantFrom(...methods), fc.constantFrom(...paths)), {
    minLength: 10,
    maxLength: 20,
  });
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(scopes(2), asked, async (tree, requests) => {
      const app = Fastify();
      let policies = 0;
      app.register((top) => declare(top, tree, false, () => (policies += 1)));
      try {
        await app.ready();
      } catch (error) {
        // Not ours: the same route twice, or two parameters of one name.
        fc.pre(!/already declared|duplicate/i.test(String(error)));
        throw error;
      }
      for (const [method, url] of requests) {
        const request = await app.inject({ method, url, headers: { origin: "https://app.example.com" } });
        // Below a prefix, a scope answers preflights for what is under no policy, too.
        if (request.headers["covered"] !== "true") continue;
        const answer = await app.inject({ method: "OPTIONS", url, headers: preflight(method) });
        const exposed = request.headers["access-control-expose-headers"];
        const maxAge = answer.headers["access-control-max-age"];
        expect([method, url, maxAge === undefined ? undefined : `p${maxAge}`]).toEqual([method, url, exposed]);
        compared += 1;
      }
    }),
    effort(3_000),
  );
  expect(compared).toBeGreaterThan(500);
}, 120_000);
