import type { AdapterReports } from "./adapter-options.ts";
import { factsFromRawHeaders } from "./facts-from-raw-headers.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest, OnRequest } from "./fastify-instance.ts";
import { isPassedOn, markPassedOn } from "./fastify-preflights.ts";
import { corsOfConfig, isTop, learnedRoutes, noteOf, type RouteNote } from "./fastify-routes.ts";
import { type AnswerRequest, whenSettled } from "./host.ts";
import { applyWhenHeadIsWritten } from "./node-response.ts";

/** How the requests of a scope are answered. */
export interface Answers {
  /** By the policy of the plugin. */
  readonly answer: AnswerRequest;
  /** By `config.cors` of a route. @throws {Error} with everything that is wrong with it */
  readonly byRoute: (cors: unknown, route: string) => AnswerRequest;
  /** Grants nothing. */
  readonly closed: AnswerRequest;
  readonly reports: AdapterReports;
}

/** An instance that a plugin was registered in, with what is inside of it, but for instances that have a plugin of their own. */
interface CorsScope {
  readonly app: FastifyInstance;
  /** Outside of a prefix, a preflight is known to be a scope's only by the routes that were seen being declared. */
  readonly needsRoutes: boolean;
}

/** Whose policy an instance is under. */
const scopeOf: unique symbol = Symbol("corsmith.scope");

interface Scoped {
  [scopeOf]?: CorsScope;
}

/** Puts a scope under a policy. */
export function coverScope(app: FastifyInstance & Scoped, answers: Answers): void {
  const before = app[scopeOf];
  if (before?.app === app) {
    app.addHook("onRequest", onRequest(before, answers));
    return;
  }
  const top = isTop(app);
  const scope: CorsScope = { app, needsRoutes: !top && app.prefix === "" };
  app[scopeOf] = scope;
  // An instance that is there already gets no hook that the one around it gets later, so it stays with whom it was.
  app.addHook("onRegister", (inner) => void Object.assign(inner, { [scopeOf]: scope }));
  const routes = learnedRoutes(app);
  if (!top) routes.distinguish(app);
  app.addHook("onRoute", function learn(this: FastifyInstance & Scoped, route) {
    if (this[scopeOf] !== scope) return;
    const cors = corsOfConfig(route.config);
    routes.learn(this, route, cors === undefined ? undefined : answers.byRoute(cors, routeName(route)));
  });
  const hook = onRequest(scope, answers);
  app.addHook("onRequest", scope.needsRoutes ? refusingLateRegistration(app, hook) : hook);
  if (!top && !scope.needsRoutes) routes.answerAll(app);
}

function onRequest(scope: CorsScope, { answer, closed, reports }: Answers): OnRequest {
  const late = new Set<string>();
  const reportLate = (message: string): void => {
    if (late.has(message)) return;
    late.add(message);
    reports.onError(new Error(message));
  };
  const routes = learnedRoutes(scope.app);
  const noneBefore = scope.app.printRoutes() === "(empty tree)";
  const answerOf = (request: FastifyRequest, asked: string | undefined): AnswerRequest => {
    // Fastify makes the object anew for each who asks: where no route can have a say, nobody does.
    if (noneBefore && !routes.distinguishes) return answer;
    const { routeOptions } = request;
    const { config, url } = routeOptions;
    const note = noteOf(config);
    if (note !== undefined) return (preflightNote(note, asked) ?? note).answer ?? answer;
    if (url === undefined) return answer;
    if (corsOfConfig(config) !== undefined) {
      reportLate(lateMessage("app", routeName(routeOptions), "its config.cors was not read, and it grants nothing"));
      return closed;
    }
    if (scope.needsRoutes) reportLate(lateMessage("scope", routeName(routeOptions), lostPreflights));
    return answer;
  };
  return (request, reply, done) => {
    const { raw } = request;
    // Else the plugin of a scope inside answers: it sees the request next.
    if ((request.server as Scoped)[scopeOf] !== scope || isPassedOn(raw)) return done();
    const facts = factsFromRawHeaders(raw);
    const decided = answerOf(request, facts?.requestMethod)(facts, { request: raw, response: reply.raw });
    void whenSettled(decided, (settled) => {
      if (settled.untouched && noteOf(request.routeOptions.config)?.preflights)
        return passOn(scope.app, request, reply);
      applyWhenHeadIsWritten(reply.raw, settled, reports);
      if (settled.status === undefined) return done();
      reply.code(settled.status);
      if (settled.body !== undefined) reply.header("Content-Type", settled.body.type);
      reply.send(settled.body?.text);
    });
  };
}

function preflightNote({ preflights }: RouteNote, asked: string | undefined): RouteNote | undefined {
  return asked === undefined ? undefined : preflights?.methods?.get(asked);
}

/** The application answers its preflights itself here: by a route of its own, or by its 404. */
function passOn(app: FastifyInstance, { raw }: FastifyRequest, reply: FastifyReply): void {
  markPassedOn(raw);
  reply.hijack();
  // Fastify rewrites the URL of all that it routes, this too.
  if (raw.originalUrl !== undefined) Object.assign(raw, { url: raw.originalUrl });
  app.routing(raw, reply.raw);
}

/**
 * Stops the start if an instance has routes of which none was seen. To know that, it is enough that Fastify binds a hook once for every
 * route that runs it, when all are there.
 */
function refusingLateRegistration(app: FastifyInstance, hook: OnRequest): OnRequest {
  let hasRoutes = false;
  const bind = (instance: unknown): OnRequest => {
    hasRoutes ||= instance === app;
    return hook;
  };
  app.addHook("onReady", (done) => {
    if (hasRoutes && !learnedRoutes(app).sawIn(app))
      done(new Error(lateMessage("scope", "a route of a scope without a prefix", lostPreflights)));
    else done();
  });
  return Object.assign(hook, { bind });
}

function routeName({ method, url }: { readonly method?: unknown; readonly url?: string | undefined }): string {
  return `${[method].flat().join(", ")} ${url}`;
}

const lostPreflights = "its preflights are answered 404";

function lateMessage(instance: "app" | "scope", route: string, consequence: string): string {
  return (
    `@corsmith/cors: ${route} was declared before the CORS plugin was loaded, so ${consequence}. ` +
    `Write \`await ${instance}.register(cors(policy));\`, with await, before the routes.`
  );
}
