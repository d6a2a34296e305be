import type { RawRequest } from "./facts-from-raw-headers.ts";

/** The preflights that a route of ours answers. The router takes it for the value of a constraint. */
export interface Preflights<Answer> {
  /** How preflights that ask for one of these methods are answered; absent where the route answers those for any. */
  readonly methods?: Map<string, Answer>;
  /** For `printRoutes`. Each has a function of its own, by which the router can tell two of them apart. */
  readonly toJSON: () => readonly string[];
}

/** Finds the route of a path, by the values of the constraints. */
export interface RouteFinder {
  findRoute(route: { method: "OPTIONS"; url: string; constraints: Readonly<Record<string, unknown>> }): unknown;
}

/** What `addConstraintStrategy` takes. */
export interface PreflightStrategy {
  readonly name: string;
  readonly mustMatchWhenDerived: true;
  storage(): PreflightStorage;
  deriveConstraint(request: RawRequest): Asked | undefined;
}

/** What a preflight asks for, on its way through the router. */
interface Asked {
  readonly method: string;
  /** May routes for any method answer it? */
  readonly byAny: boolean;
}

/** Which of the routes of one path answer a preflight: each is one bit. */
interface PreflightStorage {
  // biome-ignore lint/suspicious/noExplicitAny: the router's types say handlers here, but it keeps bits, and asks before it sets
  get(asked: any): any;
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
 * that is no preflight, do not see these routes; a preflight sees only these, unless none of them is for it. What a scope answers for all
 * paths below its prefix comes last: a route of the scope around it may be the one that the request will meet.
 *
 * @see https://fastify.dev/docs/latest/Reference/Routes/#custom-constraints
 */
export function preflightStrategy(app: RouteFinder): PreflightStrategy {
  return {
    name: constraint,
    mustMatchWhenDerived: true,
    storage: preflightStorage,
    deriveConstraint(request) {
      const { headers = {}, method, url = "" } = request;
      if (method !== "OPTIONS" || headers["origin"] === undefined || passedOn.has(request)) return undefined;
      const wanted = headers["access-control-request-method"];
      if (typeof wanted !== "string") return undefined;
      const host = headers["host"] ?? headers[":authority"];
      for (const byAny of [false, true]) {
        const asked: Asked = { method: wanted, byAny };
        if (app.findRoute({ method, url, constraints: { host, [constraint]: asked } })) return asked;
      }
      return undefined;
    },
  };
}

function preflightStorage(): PreflightStorage {
  const entries: (readonly [Preflights<unknown>, number])[] = [];
  return {
    get(asked: Asked | Preflights<unknown>) {
      // With a value of ours the router asks whether it has set it before; each is set once.
      if (!("byAny" in asked)) return 0;
      const { method, byAny } = asked;
      const answers = ({ methods }: Preflights<unknown>): boolean => methods?.has(method) ?? byAny;
      return entries.reduce((sum, [value, bits]) => (answers(value) ? sum | bits : sum), 0);
    },
    set: (value, bits) => void entries.push([value, bits]),
  };
}
