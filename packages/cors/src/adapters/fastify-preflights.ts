import type { RawRequest } from "./facts-from-raw-headers.ts";

/** The preflights that a route of ours answers. The router takes it for the value of a constraint. */
export interface Preflights<Answer> {
  /** How preflights that ask for one of these methods are answered; absent where the route answers those for any. */
  readonly methods?: Map<string, Answer>;
  /** For `printRoutes`. Each has a function of its own, by which the router can tell two of them apart. */
  readonly toJSON: () => readonly string[];
}

/** What `addConstraintStrategy` takes. */
export interface PreflightStrategy {
  readonly name: string;
  readonly mustMatchWhenDerived: false;
  storage(): PreflightStorage;
  deriveConstraint(request: RawRequest): string | undefined;
}

/** Which of the routes of one path answer a preflight: each is one bit. */
interface PreflightStorage {
  // biome-ignore lint/suspicious/noExplicitAny: the router's types say handlers here, but it keeps bits, and asks before it sets
  get(asked: unknown): any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  set(preflights: any, bits: any): void;
}

/** The constraint under which routes of ours stand, beside the application's own for `OPTIONS` on the same paths. */
export const constraint = "corsPreflight";

/** Makes the value of the constraint. */
export function preflights<Answer>(methods?: Map<string, Answer>): Preflights<Answer> {
  const toJSON = (): readonly string[] => (methods === undefined ? ["*"] : [...methods.keys()]);
  return methods === undefined ? { toJSON } : { methods, toJSON };
}

const passedOn = new WeakSet<RawRequest>();

/** Was this preflight handed to the application's own routes? */
export function isPassedOn(request: RawRequest): boolean {
  return request.method === "OPTIONS" && passedOn.has(request);
}

/** From now on the router finds only the application's own routes for it. */
export function markPassedOn(request: RawRequest): void {
  passedOn.add(request);
}

/**
 * Has Fastify's router find the route for a preflight by its path and the method that it asks for. All other requests, and an `OPTIONS`
 * that is no preflight, do not see these routes.
 *
 * @see https://fastify.dev/docs/latest/Reference/Routes/#custom-constraints
 */
export function preflightStrategy(): PreflightStrategy {
  return {
    name: constraint,
    mustMatchWhenDerived: false,
    storage() {
      const entries: (readonly [Preflights<unknown>, number])[] = [];
      return {
        get(asked) {
          // Here the router asks whether it has set this value before; every value is set once.
          if (typeof asked !== "string") return 0;
          let named = 0;
          let others = 0;
          for (const [{ methods }, bits] of entries) {
            if (methods === undefined) others |= bits;
            else if (methods.has(asked)) named |= bits;
          }
          return named || others;
        },
        set: (value, bits) => void entries.push([value, bits]),
      };
    },
    deriveConstraint(request) {
      if (request.method !== "OPTIONS" || request.headers?.["origin"] === undefined || passedOn.has(request))
        return undefined;
      const asked = request.headers["access-control-request-method"];
      return typeof asked === "string" ? asked : undefined;
    },
  };
}
