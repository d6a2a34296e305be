// What a user of the library writes, checked by the compilers of several years against the declarations in the tarball.

import {
  type Answer,
  checkPolicy,
  type Decision,
  decide,
  definePolicy,
  type Finding,
  isPolicyError,
  type Policy,
  type PolicyInput,
  presets,
  respond,
} from "@corsmith/cors";
import { openPage, redactTrace, type Trace } from "@corsmith/cors/browser";
import { cors as corsForFetch } from "@corsmith/cors/fetch";
import { cors as corsForNode } from "@corsmith/cors/node";
import {
  assertAllowsCrossOrigin,
  type CorsMatchers,
  corsMatchers,
  type HarRequest,
  type InstalledFetch,
  installFetch,
  requestsOfHar,
  transportFromHandler,
  transportFromHar,
  transportFromPolicy,
} from "@corsmith/cors/testing";

const input: PolicyInput = { allowOrigins: ["https://app.example.com"], allowCredentials: true, allowMethods: ["PUT"] };
const policy: Policy = definePolicy(input);
const findings: readonly Finding[] = checkPolicy({ allowOrigins: "*", allowCredentials: true });

const decision: Decision = decide(policy, { method: "GET", origin: "https://app.example.com" });
const answer: Answer = respond(decision);

const handler: (request: Request) => Promise<Response> = corsForFetch(policy)(() => new Response("hello"));
const middleware = corsForNode(policy);

const page = openPage({ origin: "https://app.example.com", transport: transportFromHandler(handler) });
const trace: Promise<Trace> = page.trace("https://api.example.com/").then(redactTrace);
const allowed: Promise<void> = assertAllowsCrossOrigin(policy, { origin: "https://app.example.com", headers: ["x-a"] });
const recorded: readonly HarRequest[] = requestsOfHar("{}");
const installed: InstalledFetch = installFetch({
  origin: "https://app.example.com",
  servers: { "https://api.example.com": input, "https://hono.example.com": { fetch: handler } },
});
const transports = [transportFromPolicy(input), transportFromHar({ log: { entries: [] } })];
declare const matchers: CorsMatchers;
const matched: Promise<void> = matchers.toAllowCrossOrigin({ origin: "null" });

// The declarations must not have fallen back to `any`, under which everything above would pass.
// @ts-expect-error allowOrigins takes no numbers
definePolicy({ allowOrigins: 1 });
// @ts-expect-error a decision's reason is one of a few
const reason: "no such reason" = decision.reason;
// @ts-expect-error an expectation has an origin
matchers.toAllowCrossOrigin({ method: "PUT" });
// @ts-expect-error a policy comes out of definePolicy only
const forged: Policy = {};

export {
  allowed,
  answer,
  corsMatchers,
  findings,
  forged,
  handler,
  installed,
  isPolicyError,
  matched,
  middleware,
  page,
  presets,
  reason,
  recorded,
  trace,
  transports,
};
