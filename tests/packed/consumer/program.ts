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
import { cors as corsForFetch } from "@corsmith/cors/fetch";
import { cors as corsForNode } from "@corsmith/cors/node";

const input: PolicyInput = { allowOrigins: ["https://app.example.com"], allowCredentials: true, allowMethods: ["PUT"] };
const policy: Policy = definePolicy(input);
const findings: readonly Finding[] = checkPolicy({ allowOrigins: "*", allowCredentials: true });

const decision: Decision = decide(policy, { method: "GET", origin: "https://app.example.com" });
const answer: Answer = respond(decision);

const handler: (request: Request) => Promise<Response> = corsForFetch(policy)(() => new Response("hello"));
const middleware = corsForNode(policy);

// The declarations must not have fallen back to `any`, under which everything above would pass.
// @ts-expect-error allowOrigins takes no numbers
definePolicy({ allowOrigins: 1 });
// @ts-expect-error a decision's reason is one of a few
const reason: "no such reason" = decision.reason;
// @ts-expect-error a policy comes out of definePolicy only
const forged: Policy = {};

export { answer, findings, forged, handler, isPolicyError, middleware, presets, reason };
