import { describe, it } from "vitest";
import { fromHonoCors } from "../../src/from/hono-cors.ts";
import { compareMigration, type MigrationCase } from "./compare-migration.ts";

const app = "https://app.example.com";
const evil = "https://evil.example";
const methods = { allowMethods: ["PUT", "DELETE", "PATCH", "QUERY"] };
const headers = { allowHeaders: ["*", "authorization"] };
const lists = { ...methods, ...headers };

const rows: readonly (readonly [string, MigrationCase])[] = [
  [
    "no options: seven methods, QUERY among them",
    {
      options: {},
      policy: { allowOrigins: "*", ...lists },
      notes: [],
      infos: ["default-any-origin", "default-methods", "headers-reflected", "options-requests"],
      theyAllow: [evil],
    },
  ],
  [
    "any origin with credentials never worked",
    {
      options: { origin: "*", credentials: true },
      policy: { allowOrigins: "*", ...lists },
      notes: ["any-origin-with-credentials origin"],
      credentials: true,
      theyRefuse: [app, evil],
    },
  ],
  [
    "one origin is sent to that origin only",
    {
      options: { origin: app, credentials: true },
      policy: { allowOrigins: [app], ...lists, allowCredentials: true },
      notes: [],
      credentials: true,
      theyAllow: [app],
      theyRefuse: [evil],
    },
  ],
  [
    "a list",
    {
      options: { origin: [app] },
      policy: { allowOrigins: [app], ...lists },
      notes: [],
      theyAllow: [app],
      theyRefuse: [evil],
    },
  ],
  [
    "* in a list never matched",
    {
      options: { origin: ["*", app] },
      policy: { allowOrigins: [app], ...lists },
      notes: ["any-origin-in-list origin[0]"],
      theyRefuse: [evil],
    },
  ],
  [
    "an expression in a list never matched",
    {
      options: { origin: [/^https:\/\/app\.example\.com$/] },
      policy: lists,
      notes: ["expression-ignored origin[0]"],
      theyRefuse: [app],
    },
  ],
  [
    "a wildcard in a text is a star, and never matched",
    {
      options: { origin: "https://*.example.com" },
      policy: lists,
      notes: ["wildcard-as-text origin"],
      theyRefuse: ["https://deep.sub.example.com"],
    },
  ],
  [
    "a list in a list never matched",
    { options: { origin: [[app]] }, policy: lists, notes: ["origin-entry-ignored origin[0]"], theyRefuse: [app] },
  ],
  [
    "an expression is an error in every request",
    {
      options: { origin: /^https:\/\/app\.example\.com$/ },
      policy: lists,
      notes: ["origin-disabled origin"],
      theyRefuse: [app],
    },
  ],
  [
    "an origin that is undefined is an error in every request",
    { options: { origin: undefined }, policy: lists, notes: ["origin-disabled origin"], theyRefuse: [app] },
  ],
  [
    "true is an error in every request",
    { options: { origin: true }, policy: lists, notes: ["origin-disabled origin"], theyRefuse: [app] },
  ],
  [
    "a function that returns its argument",
    {
      options: { origin: (origin: string) => origin, credentials: true },
      policy: { ...lists, allowCredentials: true },
      notes: ["origin-function origin"],
      credentials: true,
      theyAllow: [evil],
    },
  ],
  [
    "a trailing slash never matched",
    { options: { origin: `${app}/` }, policy: lists, notes: ["origin-trailing-slash origin"], theyRefuse: [app] },
  ],
  [
    "methods by name",
    {
      options: { allowMethods: ["PUT"] },
      policy: { allowOrigins: "*", allowMethods: ["PUT"], ...headers },
      notes: [],
      infos: ["safelisted-methods"],
    },
  ],
  ["no methods", { options: { allowMethods: [] }, policy: { allowOrigins: "*", ...headers }, notes: [] }],
  [
    "methods as text were ignored",
    {
      options: { allowMethods: "GET,PUT" },
      policy: { allowOrigins: "*", ...headers },
      notes: ["list-ignored allowMethods"],
    },
  ],
  [
    "methods by a function",
    {
      options: { allowMethods: () => ["PUT"] },
      policy: { allowOrigins: "*", ...headers },
      notes: ["methods-function allowMethods"],
    },
  ],
  [
    "headers by name",
    { options: { allowHeaders: ["X-A"] }, policy: { allowOrigins: "*", ...methods, allowHeaders: ["x-a"] }, notes: [] },
  ],
  [
    "an empty list of headers reflects",
    { options: { allowHeaders: [] }, policy: { allowOrigins: "*", ...lists }, notes: [], infos: ["headers-reflected"] },
  ],
  [
    "exposed headers and an age of 0",
    {
      options: { exposeHeaders: ["X-Request-Id"], maxAge: 0 },
      policy: { allowOrigins: "*", ...lists, exposeHeaders: ["x-request-id"], maxAge: 0 },
      notes: [],
    },
  ],
  [
    "options of another package",
    {
      options: { methods: ["GET"], allowedHeaders: ["X-A"] },
      policy: { allowOrigins: "*", ...lists },
      notes: ["option-unknown methods", "option-unknown allowedHeaders"],
    },
  ],
];

describe("options of hono/cors, beside the real hono/cors", () => {
  it.each(rows)("%s", (_, row) => compareMigration("hono/cors", fromHonoCors, row));
});
