import { describe, it } from "vitest";
import { fromKoaCors } from "../../src/from/koa-cors.ts";
import { compareMigration, type MigrationCase } from "./compare-migration.ts";

const app = "https://app.example.com";
const evil = "https://evil.example";
const methods = { allowMethods: ["PUT", "DELETE", "PATCH"] };
const headers = { allowHeaders: ["*", "authorization"] };
const lists = { ...methods, ...headers };
const withCookies = { ...lists, allowCredentials: true };

const rows: readonly (readonly [string, MigrationCase])[] = [
  [
    "no options",
    {
      options: {},
      policy: { allowOrigins: "*", ...lists },
      notes: [],
      infos: ["default-any-origin", "default-methods", "headers-reflected"],
      theyAllow: [evil],
    },
  ],
  [
    "credentials alone reflect every origin",
    {
      options: { credentials: true },
      policy: withCookies,
      notes: ["origin-reflected-with-credentials origin"],
      credentials: true,
      theyAllow: [evil, "null"],
    },
  ],
  [
    "any origin with credentials reflects every origin",
    {
      options: { origin: "*", credentials: true },
      policy: withCookies,
      notes: ["origin-reflected-with-credentials origin"],
      credentials: true,
      theyAllow: [evil],
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
    "a list is sent as several lines, which browsers refuse",
    {
      options: { origin: [app, "https://b.example"] },
      policy: lists,
      notes: ["list-ignored origin"],
      theyRefuse: [app, "https://b.example"],
    },
  ],
  [
    "a list of one works",
    { options: { origin: [app] }, policy: { allowOrigins: [app], ...lists }, notes: [], theyAllow: [app] },
  ],
  [
    "a list of * works without credentials",
    { options: { origin: ["*"] }, policy: { allowOrigins: "*", ...lists }, notes: [], theyAllow: [evil] },
  ],
  [
    "a list of * with credentials never worked",
    {
      options: { origin: ["*"], credentials: true },
      policy: { allowOrigins: "*", ...lists },
      notes: ["any-origin-with-credentials origin"],
      credentials: true,
      theyRefuse: [evil],
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
    "an expression is written as text",
    { options: { origin: /example\.com$/ }, policy: lists, notes: ["origin-entry-ignored origin"], theyRefuse: [app] },
  ],
  [
    "true is written as text",
    { options: { origin: true }, policy: lists, notes: ["origin-entry-ignored origin"], theyRefuse: [app] },
  ],
  [
    "a function",
    { options: { origin: () => app }, policy: lists, notes: ["origin-function origin"], theyAllow: [app] },
  ],
  [
    "credentials by a function",
    {
      options: { origin: app, credentials: () => true },
      policy: { allowOrigins: [app], ...lists },
      notes: ["credentials-function credentials"],
      credentials: true,
      theyAllow: [app],
    },
  ],
  [
    "an age as text",
    {
      options: { maxAge: "600" },
      policy: { allowOrigins: "*", ...lists, maxAge: 600 },
      notes: [],
      infos: ["max-age-rewritten"],
    },
  ],
  [
    "an age of 0 was dropped",
    { options: { maxAge: 0 }, policy: { allowOrigins: "*", ...lists }, notes: ["max-age-dropped maxAge"] },
  ],
  [
    "methods as text",
    {
      options: { allowMethods: "GET,HEAD,POST,PUT" },
      policy: { allowOrigins: "*", allowMethods: ["PUT"], ...headers },
      notes: [],
    },
  ],
  ["no methods", { options: { allowMethods: "" }, policy: { allowOrigins: "*", ...headers }, notes: [] }],
  [
    "headers by name",
    {
      options: { allowHeaders: ["X-A", "Content-Type"] },
      policy: { allowOrigins: "*", ...methods, allowHeaders: ["x-a", "content-type"] },
      notes: [],
    },
  ],
  [
    "an empty list of headers reflects",
    { options: { allowHeaders: [] }, policy: { allowOrigins: "*", ...lists }, notes: [], infos: ["headers-reflected"] },
  ],
  [
    "exposed headers",
    {
      options: { exposeHeaders: "X-Request-Id" },
      policy: { allowOrigins: "*", ...lists, exposeHeaders: ["x-request-id"] },
      notes: [],
    },
  ],
  [
    "errors without headers",
    {
      options: { keepHeadersOnError: false },
      policy: { allowOrigins: "*", ...lists },
      notes: [],
      infos: ["error-headers"],
    },
  ],
  [
    "options that have no counterpart",
    {
      options: { secureContext: true, privateNetworkAccess: true },
      policy: { allowOrigins: "*", ...lists },
      notes: ["option-without-counterpart secureContext", "option-without-counterpart privateNetworkAccess"],
    },
  ],
  [
    "an option of another package",
    { options: { methods: ["GET"] }, policy: { allowOrigins: "*", ...lists }, notes: ["option-unknown methods"] },
  ],
];

describe("options of @koa/cors, beside the real @koa/cors", () => {
  it.each(rows)("%s", (_, row) => compareMigration("@koa/cors", fromKoaCors, row));
});
