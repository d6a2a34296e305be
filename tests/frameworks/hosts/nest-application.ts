import "reflect-metadata";
import {
  type ArgumentsHost,
  Body,
  Catch,
  Controller,
  type ExceptionFilter,
  HttpCode,
  HttpException,
  type INestApplication,
  Module,
  RequestMapping,
  RequestMethod,
  Res,
} from "@nestjs/common";
import { type Base, isChecked, ownCors, Teapot, tooLate } from "./application.ts";

/** What both of Nest's platforms have under their reply. */
interface Raw {
  statusCode: number;
  setHeader(name: string, value: string | readonly string[]): unknown;
  write(text: string): unknown;
  end(text?: string): unknown;
  destroy(): unknown;
}

/** Fastify's reply wraps the response and must be told that it is taken over; Express's is the response. */
function rawOf(reply: Raw & { readonly raw?: Raw; readonly hijack?: () => unknown }): Raw {
  reply.hijack?.();
  return reply.raw ?? reply;
}

type Reply = Parameters<typeof rawOf>[0];

class ApplicationController {
  ok(): string {
    return "ok";
  }
  created(reply: Reply): void {
    const raw = rawOf(reply);
    raw.setHeader("Location", "/things/1");
    raw.statusCode = 201;
    raw.end("{}");
  }
  empty(): void {}
  unchanged(): void {}
  thrown(): never {
    throw new Error("thrown");
  }
  rejected(): Promise<never> {
    return tooLate(() => new Error("rejected"));
  }
  refused(): never {
    throw new HttpException("refused", 403);
  }
  teapot(): never {
    throw new Teapot();
  }
  gone(): never {
    throw new HttpException("gone", 404);
  }
  checked(body: unknown): string {
    if (!isChecked(body)) throw new HttpException("invalid", 400);
    return "checked";
  }
  late(): Promise<never> {
    return tooLate(() => new HttpException("late", 504));
  }
  limited(): never {
    throw new HttpException("limited", 429);
  }
  private(): never {
    throw new HttpException("who are you", 401);
  }
  stream(reply: Reply): void {
    const raw = rawOf(reply);
    raw.write("first");
    setTimeout(() => raw.end("last"), 5);
  }
  aborted(reply: Reply): void {
    const raw = rawOf(reply);
    raw.write("first");
    setTimeout(() => raw.destroy(), 5);
  }
  moved(reply: Reply): void {
    const raw = rawOf(reply);
    raw.statusCode = 302;
    raw.setHeader("Location", "/elsewhere");
    raw.end();
  }
  bare(reply: Reply): void {
    rawOf(reply).end("bare");
  }
  ownCors(reply: Reply): void {
    const raw = rawOf(reply);
    for (const [name, value] of Object.entries(ownCors)) raw.setHeader(name, value);
    raw.end("mine");
  }
  varyAccept(reply: Reply): void {
    setAndEnd(reply, "Vary", "Accept");
  }
  varyLines(reply: Reply): void {
    setAndEnd(reply, "Vary", ["Accept", "Cookie"]);
  }
  varyStar(reply: Reply): void {
    setAndEnd(reply, "Vary", "*");
  }
  varyOrigin(reply: Reply): void {
    setAndEnd(reply, "Vary", "origin");
  }
  cookies(reply: Reply): void {
    setAndEnd(reply, "Set-Cookie", ["a=1", "b=2"]);
  }
  mine(reply: Reply): void {
    setAndEnd(reply, "Allow", "GET, OPTIONS");
  }
}

function setAndEnd(reply: Reply, name: string, value: string | readonly string[]): void {
  const raw = rawOf(reply);
  raw.setHeader(name, value);
  raw.end();
}

type HandlerName = Exclude<keyof ApplicationController, "constructor">;
type Taken = "nothing" | "reply" | "body";

const { ALL, GET, POST, OPTIONS } = RequestMethod;
const routes: readonly (readonly [HandlerName, path: string, RequestMethod, Taken, status: number])[] = [
  ["ok", "ok", ALL, "nothing", 200],
  ["created", "created", POST, "reply", 201],
  ["empty", "empty", GET, "nothing", 204],
  ["unchanged", "unchanged", GET, "nothing", 304],
  ["thrown", "thrown", GET, "nothing", 200],
  ["rejected", "rejected", GET, "nothing", 200],
  ["refused", "refused", GET, "nothing", 200],
  ["teapot", "teapot", GET, "nothing", 200],
  ["gone", "gone", GET, "nothing", 200],
  ["checked", "checked", POST, "body", 200],
  ["late", "late", GET, "nothing", 200],
  ["limited", "limited", GET, "nothing", 200],
  ["private", "private", ALL, "nothing", 200],
  ["stream", "stream", GET, "reply", 200],
  ["aborted", "aborted", GET, "reply", 200],
  ["moved", "moved", GET, "reply", 302],
  ["bare", "bare", GET, "reply", 200],
  ["ownCors", "own-cors", GET, "reply", 200],
  ["varyAccept", "vary/accept", GET, "reply", 200],
  ["varyLines", "vary/lines", GET, "reply", 200],
  ["varyStar", "vary/star", GET, "reply", 200],
  ["varyOrigin", "vary/origin", GET, "reply", 200],
  ["cookies", "cookies", GET, "reply", 200],
  ["mine", "mine", OPTIONS, "reply", 200],
];

// Node runs TypeScript by leaving the types out, and a decorator is more than a type: so they are called as the functions that they are.
function decorate(controller: typeof ApplicationController, prefix: string): typeof ApplicationController {
  Controller(prefix)(controller);
  for (const [name, path, method, taken, status] of routes) {
    // Nest writes what it is told on the function itself: each application needs functions of its own.
    const inherited = controller.prototype[name] as (...given: readonly unknown[]) => unknown;
    const descriptor = {
      configurable: true,
      writable: true,
      value: (...given: readonly unknown[]) => inherited(...given),
    };
    Object.defineProperty(controller.prototype, name, descriptor);
    if (taken === "reply") Res()(controller.prototype, name, 0);
    if (taken === "body") Body()(controller.prototype, name, 0);
    RequestMapping({ path, method })(controller.prototype, name, descriptor);
    HttpCode(status)(controller.prototype, name, descriptor);
  }
  return controller;
}

/** One path that is not below the prefix. */
function decorateOutside(controller: typeof ApplicationController): typeof ApplicationController {
  Controller("")(controller);
  const descriptor = { configurable: true, writable: true, value: () => "ok" };
  Object.defineProperty(controller.prototype, "ok", descriptor);
  RequestMapping({ path: "ok", method: ALL })(controller.prototype, "ok", descriptor);
  return controller;
}

class TeapotFilter implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost): void {
    const raw = rawOf(host.switchToHttp().getResponse<Reply>());
    raw.statusCode = 418;
    raw.end("teapot");
  }
}
Catch(Teapot)(TeapotFilter);

/** The application as a Nest module. */
export function nestModule(prefix: Base): new () => object {
  // The class is decorated, so every application has its own.
  const controllers = [decorate(class extends ApplicationController {}, prefix)];
  if (prefix !== "") controllers.push(decorateOutside(class extends ApplicationController {}));
  class ApplicationModule {}
  Module({ controllers })(ApplicationModule);
  return ApplicationModule;
}

/** What every platform's application gets. */
export function finishNest(app: INestApplication): void {
  app.useGlobalFilters(new TeapotFilter());
}
