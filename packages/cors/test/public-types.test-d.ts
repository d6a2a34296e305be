// What the compiler must say about the public types. tsc reads this file (`npm run check -- types`); it never runs.

import { createServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import {
  type Decision,
  decide,
  definePolicy,
  type Finding,
  isPolicyError,
  type Policy,
  type PolicyInput,
  type Reason,
  respond,
} from "@corsmith/cors";
import { cors as corsForExpress } from "@corsmith/cors/express";
import { cors as corsForFastify } from "@corsmith/cors/fastify";
import { cors as corsForFetch } from "@corsmith/cors/fetch";
import { cors as corsForH3 } from "@corsmith/cors/h3";
import { cors as corsForHono } from "@corsmith/cors/hono";
import { cors as corsForKoa } from "@corsmith/cors/koa";
import { cors as corsForNest } from "@corsmith/cors/nest";
import { cors as corsForNext } from "@corsmith/cors/next";
import { cors as corsForNode } from "@corsmith/cors/node";
import { upgradeGuard } from "@corsmith/cors/websocket";
import { expectTypeOf } from "vitest";

declare const policy: Policy;
declare const decision: Decision;

// A policy comes out of definePolicy, and nothing else is one.
expectTypeOf(definePolicy).returns.toEqualTypeOf<Policy>();
expectTypeOf<PolicyInput>().not.toExtend<Policy>();
expectTypeOf<Policy>().not.toBeAny();
// @ts-expect-error the insides of a policy cannot be written by hand
const forged: Policy = { ...({} as PolicyInput), allowOrigins: [], allowCredentials: false };

// Mistakes that the compiler already sees.
// @ts-expect-error unknown keys
definePolicy({ allowOrigin: "https://app.example.com" });
// @ts-expect-error a regular expression is no origin
definePolicy({ allowOrigins: [/example/] });
// @ts-expect-error FastAPI's snake case
definePolicy({ allow_origins: ["*"] });
// A policy that is kept in a constant has lost its literal types; it is checked when it is built.
const kept = { preset: "public-api", preflightStatus: 200, allowOrigins: "*", upstreamExposeHeaders: "merge" };
definePolicy(kept);
const keptRoutes = {
  policy: kept,
  routes: [
    { path: "/public", policy: false },
    { path: "/own", policy: kept },
  ],
};
for (const cors of [
  corsForExpress,
  corsForFastify,
  corsForFetch,
  corsForH3,
  corsForHono,
  corsForKoa,
  corsForNest,
  corsForNext,
  corsForNode,
  upgradeGuard,
]) {
  cors(kept);
  cors(keptRoutes);
  cors(() => kept);
  cors(async () => kept);
}
// @ts-expect-error absent is not undefined
definePolicy({ maxAge: undefined });
// @ts-expect-error dangers have names
definePolicy({ dangerously: true });

// A policy is read-only, all the way down.
// @ts-expect-error read-only
policy.allowCredentials = true;
// @ts-expect-error read-only
policy.allowOrigins.push("https://evil.example");

// Decisions are told apart by their reason, exhaustively.
function explain(each: Decision): string | readonly string[] {
  switch (each.reason) {
    case "headers-refused":
      return each.names;
    case "method-refused":
      return each.method;
    case "malformed":
      return each.field;
    case "allowed":
    case "not-cross-origin":
    case "origin-refused":
    case "origin-lookup-failed":
    case "no-policy":
      return each.reason;
    default:
      return each satisfies never;
  }
}
expectTypeOf(explain).returns.not.toBeAny();
expectTypeOf<Reason>().toEqualTypeOf<Decision["reason"]>();
expectTypeOf(decide).returns.toEqualTypeOf<Decision>();
expectTypeOf(respond(decision).status).toEqualTypeOf<204 | 200 | 403 | undefined>();

// What is thrown can be handled by program.
declare const thrown: unknown;
if (isPolicyError(thrown)) {
  expectTypeOf<typeof thrown.code>().toEqualTypeOf<"policy-invalid">();
  expectTypeOf(thrown.findings).toEqualTypeOf<readonly Finding[]>();
}

// Adapters fit their hosts without a cast, and keep a handler's further parameters.
createServer((request, response) => corsForNode(policy)(request, response, () => response.end()));
createHttp2Server((request, response) => corsForNode(policy)(request, response, () => response.end()));
const guarded = corsForFetch(policy)(
  (_request: Request, context: { readonly id: number }) => new Response(`${context.id}`),
);
expectTypeOf(guarded).toEqualTypeOf<(request: Request, context: { readonly id: number }) => Promise<Response>>();

export { forged };
