import { type FetchGuard, type FetchHandler, fetchHost, type GuardedHandler } from "./fetch.ts";
import { type Cors, corsOf, type Enforce, enforceOf, type Host } from "./host.ts";

export type { DecisionRecord } from "../observe/decision-record.ts";
export type { AdapterOptions } from "./adapter-options.ts";
export type { FetchHandler, GuardedHandler } from "./fetch.ts";

/** Guards route handlers, or the proxy. */
export interface NextGuard {
  /** The handler, every response of which carries the policy's headers. */
  <Rest extends readonly unknown[], Received extends Request = Request>(
    handler: FetchHandler<Rest, Received>,
  ): GuardedHandler<Rest, Received>;
  /** What a route file exports as `OPTIONS`: it answers the preflights of the route. */
  readonly OPTIONS: GuardedHandler<readonly unknown[]>;
}

const register: Host<NextGuard> = (policyFor, reports) => {
  const guard = fetchHost(policyFor, reports);
  const guardNext = <Rest extends readonly unknown[], Received extends Request = Request>(
    handler: FetchHandler<Rest, Received>,
  ): GuardedHandler<Rest, Received> => guarded(guard, handler);
  return Object.assign(guardNext, {
    OPTIONS: guard((_request: Request, ..._rest: readonly unknown[]) => new Response(null, { status: 204 })),
  });
};

/** {@link cors} of a policy that was made before; its checks stay out of the bundle. @throws {TypeError} if it is not a policy */
export const enforce: Enforce<NextGuard> = /* @__PURE__ */ enforceOf(register);

/**
 * CORS for Next. There are two places for it.
 *
 * In `proxy.ts` (`middleware.ts` before Next 16) it covers everything, 404s and thrown errors included:
 * `export const proxy = cors(policy)(() => NextResponse.next())`. What a route sets itself under the names of CORS headers stands beside
 * it, so no route should. A page that Next renders replaces `Vary`, its own 404 too: give the API a last route,
 * `app/[[...missing]]/route.ts`, that answers 404 itself. With `skipTrailingSlashRedirect` in the configuration, no preflight is redirected
 * before it is answered.
 *
 * In a route file it covers the handlers that are exported through it, and replaces what they set themselves: the place for a policy that
 * only some routes have. Export its `OPTIONS` too: a preflight is asked before any method.
 *
 * @throws {PolicyError} if the policy has a mistake
 *
 * @example
 * ```ts
 * import { cors } from "@corsmith/cors/next";
 *
 * const guard = cors({ allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] });
 * export const GET = guard(() => Response.json({ hello: "world" }));
 * export const PUT = guard(async (request: Request) => Response.json(await request.json()));
 * export const OPTIONS = guard.OPTIONS;
 * ```
 */
export const cors: Cors<NextGuard> = /* @__PURE__ */ corsOf(register);

/** What Next itself must see (an error that says how to render, say) goes past the guard; nothing of it reaches a browser. */
function guarded<Rest extends readonly unknown[], Received extends Request>(
  guard: FetchGuard,
  handler: FetchHandler<Rest, Received>,
): GuardedHandler<Rest, Received> {
  return async (request, ...rest) => {
    let signal: { readonly thrown: unknown } | undefined;
    const response = await guard(async (given: Received) => {
      try {
        return await handler(given, ...rest);
      } catch (thrown) {
        const made = responseOfNextError(thrown);
        if (made === "not-next") throw thrown;
        if (made !== "for-next") return made;
        signal = { thrown };
        // No status: what Next makes of it is not known here.
        return Response.error();
      }
    })(request);
    if (signal !== undefined) throw signal.thrown;
    return response;
  };
}

/**
 * Next throws to navigate: `redirect()`, `notFound()` and the like are errors whose `digest` says what to do. Those that make a response
 * become one here, so that it can carry headers; the others tell Next how to render and must reach it.
 *
 * @see https://nextjs.org/docs/app/api-reference/functions/redirect
 */
export function responseOfNextError(thrown: unknown): Response | "for-next" | "not-next" {
  const digest = typeof thrown === "object" && thrown !== null && "digest" in thrown ? thrown.digest : undefined;
  if (typeof digest !== "string") return "not-next";
  const words = digest.split(";");
  if (words[0] === "NEXT_REDIRECT") {
    // NEXT_REDIRECT;push;<location>;307; — the location may have semicolons of its own.
    const location = words.slice(2, -2).join(";");
    return new Response(null, { status: Number(words.at(-2)), headers: { Location: location } });
  }
  if (words[0] === "NEXT_HTTP_ERROR_FALLBACK") return new Response(null, { status: Number(words[1]) });
  return "for-next";
}
