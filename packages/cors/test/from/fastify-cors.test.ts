import { describe, expect, it } from "vitest";
import { fromFastifyCors } from "../../src/from/fastify-cors.ts";
import { compareMigration, type MigrationCase } from "./compare-migration.ts";

const app = "https://app.example.com";
const evil = "https://evil.example";
const headers = { allowHeaders: ["*", "authorization"] };
const withCookies = { ...headers, allowCredentials: true };

const rows: readonly (readonly [string, MigrationCase])[] = [
  [
    "no options: only GET, HEAD and POST",
    {
      options: {},
      policy: { allowOrigins: "*", ...headers },
      notes: [],
      infos: ["default-any-origin", "default-methods", "headers-reflected", "options-requests"],
      theyAllow: [evil],
    },
  ],
  [
    "any origin with credentials never worked",
    {
      options: { origin: "*", credentials: true },
      policy: { allowOrigins: "*", ...headers },
      notes: ["any-origin-with-credentials origin"],
      credentials: true,
      theyRefuse: [app, evil],
    },
  ],
  [
    "one origin",
    {
      options: { origin: app, credentials: true },
      policy: { allowOrigins: [app], ...withCookies },
      notes: [],
      infos: ["origin-static"],
      credentials: true,
      theyAllow: [app],
      theyRefuse: [evil],
    },
  ],
  [
    "a list",
    {
      options: { origin: [app, "https://b.example"] },
      policy: { allowOrigins: [app, "https://b.example"], ...headers },
      notes: [],
      theyAllow: [app],
      theyRefuse: [evil],
    },
  ],
  [
    "* in a list is any origin",
    { options: { origin: [app, "*"] }, policy: { allowOrigins: "*", ...headers }, notes: [], theyAllow: [evil] },
  ],
  [
    "* in a list with credentials never worked",
    {
      options: { origin: [app, "*"], credentials: true },
      policy: { allowOrigins: "*", ...headers },
      notes: ["any-origin-with-credentials origin"],
      credentials: true,
      theyRefuse: [app, evil],
    },
  ],
  [
    "* in a list of a list is text",
    {
      options: { origin: [app, ["*"]] },
      policy: { allowOrigins: [app], ...headers },
      notes: ["any-origin-in-list origin[1][0]"],
      theyRefuse: [evil],
    },
  ],
  [
    "a wildcard in a text is a star, and never matched",
    {
      options: { origin: [app, "https://*.example.com"] },
      policy: { allowOrigins: [app], ...headers },
      notes: ["wildcard-as-text origin[1]"],
      theyRefuse: ["https://deep.sub.example.com"],
    },
  ],
  [
    "an object in a list allows everybody",
    {
      options: { origin: [app, {}], credentials: true },
      policy: { allowOrigins: [app], ...withCookies },
      notes: ["origin-entry-truthy origin[1]"],
      credentials: true,
      theyAllow: [evil],
    },
  ],
  [
    "an open expression lets other pages in",
    {
      options: { origin: /example\.com$/, credentials: true },
      policy: withCookies,
      notes: ["expression-unanchored origin"],
      credentials: true,
      theyAllow: ["https://evilexample.com"],
    },
  ],
  [
    "a global expression has no state here",
    {
      options: { origin: /^https:\/\/app\.example\.com$/g },
      policy: { allowOrigins: [app], ...headers },
      notes: [],
      infos: ["expression-read"],
      theyAllow: [app, app],
    },
  ],
  [
    "reflection with credentials",
    {
      options: { origin: true, credentials: true },
      policy: withCookies,
      notes: ["origin-reflected-with-credentials origin"],
      credentials: true,
      theyAllow: [evil],
    },
  ],
  [
    "reflection",
    {
      options: { origin: true },
      policy: { allowOrigins: "*", ...headers },
      notes: [],
      infos: ["origin-reflected"],
      theyAllow: [evil],
    },
  ],
  [
    "a function",
    {
      options: { origin: async (origin: string) => origin === app },
      policy: headers,
      notes: ["origin-function origin"],
      theyAllow: [app],
      theyRefuse: [evil],
    },
  ],
  [
    "false is no CORS",
    { options: { origin: false }, policy: headers, notes: ["origin-disabled origin"], theyRefuse: [app] },
  ],
  [
    "an empty origin is an error in every request",
    { options: { origin: "" }, policy: headers, notes: ["origin-disabled origin"], theyRefuse: [app] },
  ],
  [
    "credentials as text do travel here",
    {
      options: { origin: app, credentials: "true" },
      policy: { allowOrigins: [app], ...withCookies },
      notes: [],
      credentials: true,
      theyAllow: [app],
    },
  ],
  [
    "methods by name",
    {
      options: { methods: ["GET", "PUT", "DELETE"] },
      policy: { allowOrigins: "*", allowMethods: ["PUT", "DELETE"], ...headers },
      notes: [],
      infos: ["safelisted-methods"],
    },
  ],
  [
    "headers by name",
    {
      options: { allowedHeaders: "X-A, Authorization" },
      policy: { allowOrigins: "*", allowHeaders: ["x-a", "authorization"] },
      notes: [],
    },
  ],
  ["an empty text of headers is none", { options: { allowedHeaders: "" }, policy: { allowOrigins: "*" }, notes: [] }],
  [
    "headers that are null are reflected",
    { options: { allowedHeaders: null }, policy: { allowOrigins: "*", ...headers }, notes: [] },
  ],
  [
    "headers that are undefined are none",
    { options: { allowedHeaders: undefined }, policy: { allowOrigins: "*" }, notes: [] },
  ],
  [
    "exposed headers and an age",
    {
      options: { exposedHeaders: ["X-Request-Id"], maxAge: 600 },
      policy: { allowOrigins: "*", ...headers, exposeHeaders: ["x-request-id"], maxAge: 600 },
      notes: [],
    },
  ],
  [
    "no preflights",
    {
      options: { origin: app, methods: ["PUT"], preflight: false },
      policy: { allowOrigins: [app] },
      notes: ["preflight-off preflight"],
    },
  ],
  [
    "preflights that go on to the application",
    {
      options: { preflightContinue: true },
      policy: { allowOrigins: "*", ...headers },
      notes: ["preflight-continue preflightContinue"],
      preflightsDiffer: true,
    },
  ],
  [
    "200 for preflights",
    {
      options: { optionsSuccessStatus: 200 },
      policy: { allowOrigins: "*", ...headers, preflightStatus: 200 },
      notes: [],
    },
  ],
  [
    "a late hook",
    { options: { hook: "preHandler" }, policy: { allowOrigins: "*", ...headers }, notes: ["late-hook hook"] },
  ],
  [
    "options that have no counterpart",
    {
      options: { cacheControl: 60, hideOptionsRoute: false, logLevel: "silent" },
      policy: { allowOrigins: "*", ...headers },
      notes: [
        "option-without-counterpart cacheControl",
        "option-without-counterpart hideOptionsRoute",
        "option-without-counterpart logLevel",
      ],
    },
  ],
  [
    "an option of another package",
    {
      options: { allowHeaders: ["X-A"] },
      policy: { allowOrigins: "*", ...headers },
      notes: ["option-unknown allowHeaders"],
    },
  ],
];

describe("options of @fastify/cors, beside the real @fastify/cors", () => {
  it.each(rows)("%s", (_, row) => compareMigration("@fastify/cors", fromFastifyCors, row));

  it("options that come from a delegator are refused by name", () => {
    for (const options of [async () => ({}), { delegator: async () => ({}) }]) {
      expect(fromFastifyCors(options).notes.map(({ code }) => code)).toEqual(["options-function"]);
    }
  });
});
