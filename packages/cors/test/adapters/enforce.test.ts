import { describe, expect, it } from "vitest";
import * as express from "../../src/adapters/express.ts";
import * as fastify from "../../src/adapters/fastify.ts";
import * as fetch from "../../src/adapters/fetch.ts";
import * as h3 from "../../src/adapters/h3.ts";
import * as hono from "../../src/adapters/hono.ts";
import * as koa from "../../src/adapters/koa.ts";
import * as nest from "../../src/adapters/nest.ts";
import * as next from "../../src/adapters/next.ts";
import * as node from "../../src/adapters/node.ts";
import * as websocket from "../../src/adapters/websocket.ts";
import { definePolicy, type Policy, type PolicyInput } from "../../src/index.ts";

const input: PolicyInput = { allowOrigins: ["https://app.example.com"] };
const adapters = { express, fastify, fetch, h3, hono, koa, nest, next, node, websocket };

describe.each(Object.entries(adapters))("enforce of %s", (_, { enforce }) => {
  it("takes a policy that was checked", () => {
    expect(enforce(definePolicy(input))).toBeTypeOf("function");
  });

  it.each<readonly [string, unknown]>([
    ["what a policy is made of", input],
    ["any origin with credentials", { allowOrigins: "*", allowCredentials: true }],
    ["a copy of a policy", { ...definePolicy(input) }],
    ["what was read from a policy's JSON", JSON.parse(JSON.stringify(definePolicy(input)))],
    ["nothing", undefined],
  ])("refuses %s, which nobody has checked", (_what, value) => {
    expect(() => enforce(value as Policy)).toThrow(/^This is not a policy of this version of @corsmith\/cors/);
  });
});
