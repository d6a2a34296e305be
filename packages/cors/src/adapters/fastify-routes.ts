import type { FastifyInstance, FastifyRoute } from "./fastify-instance.ts";
import { constraint, type Preflights, preflightStrategy, preflights } from "./fastify-preflights.ts";
import type { AnswerRequest } from "./host.ts";

/** What the plugin notes in the configuration of a route; Fastify hands it over with each request. */
export interface RouteNote {
  /** The answer by the policy of the route itself, if it has one. */
  readonly answer?: AnswerRequest | undefined;
  /** What `config.cors` says. */
  readonly cors?: unknown;
  /** Set on routes of ours. */
  readonly preflights?: Preflights<RouteNote>;
}

const note: unique symbol = Symbol("corsmith.route");

/** The note on a route, if the plugin has seen the route being declared. */
export function noteOf(config: { readonly [note]?: RouteNote }): RouteNote | undefined {
  return config[note];
}

const learned = new WeakMap<object, LearnedRoutes>();

/** What was learned of the application that the instance is a part of. */
export function learnedRoutes(app: FastifyInstance): LearnedRoutes {
  const top = topOf(app);
  const known = learned.get(top) ?? new LearnedRoutes();
  learned.set(top, known);
  return known;
}

/** Is it the instance that `Fastify()` returned, and no scope inside? */
export function isTop(app: FastifyInstance): boolean {
  return topOf(app) === app;
}

/** The instance of a scope inherits from the one around it. */
function topOf(app: object): object {
  const around: unknown = Object.getPrototypeOf(app);
  return isInstance(around) ? topOf(around) : app;
}

function isInstance(value: unknown): value is object {
  return typeof value === "object" && value !== null && "prefix" in value;
}

/** The routes of an application that are under a policy, and those that answer their preflights. */
export class LearnedRoutes {
  /** Where there is one policy for all, hooks see each preflight anyway: these wait until a second one comes, and no request pays for them. */
  #waiting: (() => void)[] | undefined = [];
  readonly #scopes = new WeakSet<object>();
  readonly #declared = new WeakMap<FastifyInstance, Map<string, Map<string, RouteNote>>>();

  get distinguishes(): boolean {
    return this.#waiting === undefined;
  }

  /** From now on, preflights are told apart by the routes that they are for. */
  distinguish(app: FastifyInstance): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    if (!app.hasConstraintStrategy(constraint)) app.addConstraintStrategy(preflightStrategy(app));
    for (const declare of waiting) declare();
  }

  /** Answers the preflights of the route, in the scope of the route. @throws {Error} if they could mean another one with another policy */
  learn(scope: FastifyInstance, route: FastifyRoute, answer: AnswerRequest | undefined): void {
    if (isOurs(route)) return;
    for (let each: unknown = scope; isInstance(each); each = Object.getPrototypeOf(each)) this.#scopes.add(each);
    const noted: RouteNote = { answer, cors: corsOfConfig(route.config) };
    route.config = { ...route.config, [note]: noted };
    if (answer !== undefined) this.distinguish(scope);
    const { method, url, routePath } = route;
    const host = hostOf(route.constraints);
    const methods = typeof method === "string" ? [method] : [...method];
    const declare = (): void => {
      const known = this.#methodsAt(scope, routePath === "" ? "/" : routePath, host);
      for (const each of methods) {
        const before = known.get(each);
        if (before !== undefined && before.cors !== noted.cors) throw new Error(conflictMessage(each, url));
        known.set(each, noted);
      }
    };
    if (this.#waiting === undefined) declare();
    else this.#waiting.push(declare);
  }

  /** Was a route of the instance, or of one inside of it, seen being declared? */
  sawIn(scope: FastifyInstance): boolean {
    return this.#scopes.has(scope);
  }

  /** Answers every preflight of a scope that is for none of its routes. */
  answerAll(scope: FastifyInstance): void {
    for (const url of ["/", "/*"]) declareRoute(scope, url, undefined, preflights());
  }

  #methodsAt(scope: FastifyInstance, url: string, host: unknown): Map<string, RouteNote> {
    const key = `${url} ${host}`;
    const ofScope = this.#declared.get(scope) ?? new Map<string, Map<string, RouteNote>>();
    this.#declared.set(scope, ofScope);
    const known = ofScope.get(key);
    if (known !== undefined) return known;
    const methods = new Map<string, RouteNote>();
    ofScope.set(key, methods);
    declareRoute(scope, url, host, preflights(methods));
    return methods;
  }
}

function declareRoute(scope: FastifyInstance, url: string, host: unknown, value: Preflights<RouteNote>): void {
  const noted: RouteNote = { preflights: value };
  scope.route({
    method: "OPTIONS",
    url,
    constraints: host === undefined ? { [constraint]: value } : { host, [constraint]: value },
    config: { [note]: noted },
    schema: { hide: true },
    handler: (_request, reply) => void reply.callNotFound(),
  });
}

function isOurs({ constraints }: FastifyRoute): boolean {
  return constraints !== undefined && constraint in constraints;
}

/** The only one of the router's constraints that a preflight meets: it has none of the headers that the request will have. */
function hostOf(constraints: { readonly host?: unknown } | undefined): unknown {
  return constraints?.host;
}

/** What the configuration of a route says of CORS. */
export function corsOfConfig(config: { readonly cors?: unknown } | undefined): unknown {
  return config?.cors;
}

function conflictMessage(method: string, url: string): string {
  return (
    `@corsmith/cors: two routes for ${method} ${url} have different config.cors, and their preflights are alike. ` +
    "Put one policy in a constant, and name it in both."
  );
}
