import type { FastifyCorsOptions } from "@fastify/cors";
import type { CorsOptions } from "cors";
import type { cors as honoCors } from "hono/cors";
import { describe, expect, it } from "vitest";
import { fromExpressCors } from "../../src/from/express-cors.ts";
import { fromFastifyCors } from "../../src/from/fastify-cors.ts";
import { fromHonoCors } from "../../src/from/hono-cors.ts";
import { checkPolicy, definePolicy } from "../../src/index.ts";
import { compareMigration, type MigrationCase } from "./compare-migration.ts";

const app = "https://app.example.com";
const evil = "https://evil.example";
/** What the defaults of the package come to. */
const methods = { allowMethods: ["PUT", "PATCH", "DELETE"] };
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
      infos: ["default-any-origin", "default-methods", "headers-reflected", "options-requests"],
      theyAllow: [evil],
    },
  ],
  ["any origin", { options: { origin: "*" }, policy: { allowOrigins: "*", ...lists }, notes: [], theyAllow: [evil] }],
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
      policy: { allowOrigins: [app, "https://b.example"], ...lists },
      notes: [],
      theyAllow: [app],
      theyRefuse: [evil],
    },
  ],
  [
    "a list in a list",
    { options: { origin: [[app]] }, policy: { allowOrigins: [app], ...lists }, notes: [], theyAllow: [app] },
  ],
  ["an empty list allows nobody", { options: { origin: [] }, policy: lists, notes: [], theyRefuse: [app] }],
  [
    "a trailing slash never matched",
    { options: { origin: [`${app}/`] }, policy: lists, notes: ["origin-trailing-slash origin[0]"], theyRefuse: [app] },
  ],
  [
    "several origins in one text never matched",
    {
      options: { origin: `${app},https://b.example` },
      policy: lists,
      notes: ["origin-comma-joined origin"],
      theyRefuse: [app],
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
    "a wildcard in a text is a star, and never matched",
    {
      options: { origin: [app, "https://*.example.com"] },
      policy: { allowOrigins: [app], ...lists },
      notes: ["wildcard-as-text origin[1]"],
      theyRefuse: ["https://deep.sub.example.com"],
    },
  ],
  [
    "a wildcard in the only text never matched",
    {
      options: { origin: "https://*.example.com" },
      policy: lists,
      notes: ["wildcard-as-text origin"],
      theyRefuse: ["https://deep.sub.example.com"],
    },
  ],
  [
    "any port in a text never matched",
    {
      options: { origin: ["http://localhost:*"] },
      policy: lists,
      notes: ["wildcard-as-text origin[0]"],
      theyRefuse: ["http://localhost:3000"],
    },
  ],
  [
    "an object in a list allows everybody",
    {
      options: { origin: [app, {}], credentials: true },
      policy: { allowOrigins: [app], ...withCookies },
      notes: ["origin-entry-truthy origin[1]"],
      credentials: true,
      theyAllow: [evil, "null"],
    },
  ],
  [
    "a URL in a list allows everybody",
    {
      options: { origin: [new URL(app)], credentials: true },
      policy: withCookies,
      notes: ["origin-entry-truthy origin[0]"],
      credentials: true,
      theyAllow: [evil],
    },
  ],
  [
    "a false entry allows nobody",
    {
      options: { origin: [app, false] },
      policy: { allowOrigins: [app], ...lists },
      notes: ["origin-entry-ignored origin[1]"],
      theyRefuse: [evil],
    },
  ],
  [
    "null in a list lets sandboxed frames in",
    {
      options: { origin: [app, "null"] },
      policy: { allowOrigins: [app], ...lists },
      notes: ["origin-null origin[1]"],
      theyAllow: ["null"],
    },
  ],
  [
    "http with credentials was open to the network path",
    {
      options: { origin: [app, "http://app.example.com"], credentials: true },
      policy: { allowOrigins: [app], ...withCookies },
      notes: ["origin-insecure-with-credentials origin[1]"],
      credentials: true,
      theyAllow: ["http://app.example.com"],
    },
  ],
  [
    "reflection",
    {
      options: { origin: true },
      policy: { allowOrigins: "*", ...lists },
      notes: [],
      infos: ["origin-reflected"],
      theyAllow: [evil],
    },
  ],
  [
    "reflection with credentials",
    {
      options: { origin: true, credentials: true },
      policy: withCookies,
      notes: ["origin-reflected-with-credentials origin"],
      credentials: true,
      theyAllow: [evil, "null"],
    },
  ],
  [
    "a number as origin reflects too",
    {
      options: { origin: 1, credentials: true },
      policy: withCookies,
      notes: ["origin-reflected-with-credentials origin"],
      credentials: true,
      theyAllow: [evil],
    },
  ],
  [
    "a function",
    {
      options: { origin: (origin: string, done: (error: null, allow: boolean) => void) => done(null, origin === app) },
      policy: lists,
      notes: ["origin-function origin"],
      theyAllow: [app],
    },
  ],
  [
    "no origin is no CORS",
    { options: { origin: false }, policy: lists, notes: ["origin-disabled origin"], theyRefuse: [app] },
  ],
  [
    "an origin that is undefined is no CORS either",
    { options: { origin: undefined }, policy: lists, notes: ["origin-disabled origin"], theyRefuse: [app] },
  ],
  // Expressions
  [
    "an expression that is read: apex and subdomains",
    {
      options: { origin: /^https:\/\/([\w-]+\.)*example\.com$/, credentials: true },
      policy: { allowOrigins: ["https://example.com", "https://*.example.com"], ...withCookies },
      notes: [],
      infos: ["expression-read"],
      credentials: true,
      theyAllow: ["https://example.com", "https://deep.sub.example.com", "https://x_y.example.com"],
      theyRefuse: ["https://evilexample.com"],
    },
  ],
  [
    "an expression without underscores is narrower than the pattern",
    {
      options: { origin: /^https:\/\/([a-z0-9-]+\.)*example\.com$/, credentials: true },
      policy: withCookies,
      notes: ["expression-narrower origin"],
      credentials: true,
      theyAllow: ["https://example.com", "https://deep.sub.example.com"],
      theyRefuse: ["https://x_y.example.com"],
    },
  ],
  [
    "an expression that is read: a part of a label",
    {
      options: { origin: [/^https:\/\/pr-[\w-]+\.example\.com$/] },
      policy: { allowOrigins: ["https://pr-*.example.com"], ...lists },
      notes: [],
      infos: ["expression-read"],
      theyAllow: ["https://pr-7.example.com", "https://pr-x_y.example.com"],
      theyRefuse: ["https://pr-.example.com", "https://pr-7.x.example.com"],
    },
  ],
  [
    "an expression that is read: alternatives",
    {
      options: { origin: [/^https:\/\/(app|admin)\.example\.com$/] },
      policy: { allowOrigins: [app, "https://admin.example.com"], ...lists },
      notes: [],
      theyAllow: [app],
    },
  ],
  [
    "an expression that is read: localhost on any port",
    {
      options: { origin: [/^http:\/\/localhost(:\d+)?$/], credentials: true },
      policy: { allowOrigins: ["http://localhost:*"], ...withCookies },
      notes: [],
      credentials: true,
      theyAllow: ["http://localhost", "http://localhost:3000"],
    },
  ],
  [
    "an open start lets other pages in",
    {
      options: { origin: [/example\.com$/], credentials: true },
      policy: withCookies,
      notes: ["expression-unanchored origin[0]"],
      credentials: true,
      theyAllow: ["https://evilexample.com"],
    },
  ],
  [
    "an open end lets other pages in",
    {
      options: { origin: /^https:\/\/app\.example\.com/, credentials: true },
      policy: withCookies,
      notes: ["expression-unanchored origin"],
      credentials: true,
      theyAllow: ["https://app.example.com.evil.example"],
    },
  ],
  [
    "a bare dot lets other pages in",
    {
      options: { origin: /^https:\/\/app.example\.com$/, credentials: true },
      policy: withCookies,
      notes: ["expression-ambiguous origin"],
      credentials: true,
      theyAllow: ["https://appxexample.com"],
    },
  ],
  [
    "a global expression answers every other time",
    {
      options: { origin: /^https:\/\/app\.example\.com$/g },
      policy: { allowOrigins: [app], ...lists },
      notes: ["expression-stateful origin"],
    },
  ],
  [
    "an expression for one level of subdomains only is proposed, not taken",
    {
      options: { origin: /^https:\/\/[a-z0-9-]+\.example\.com$/ },
      policy: lists,
      notes: ["expression-narrower origin"],
      theyAllow: [app],
      theyRefuse: ["https://deep.sub.example.com"],
    },
  ],
  [
    "an expression for numbers only is proposed as a pattern for a part of a label, not taken",
    {
      options: { origin: /^https:\/\/pr-\d+\.example\.com$/ },
      policy: lists,
      notes: ["expression-narrower origin"],
      theyAllow: ["https://pr-7.example.com"],
      theyRefuse: ["https://pr-x_y.example.com"],
    },
  ],
  [
    "an expression that cannot be read to the letter",
    {
      options: { origin: /^https:\/\/(?!evil)[a-z]+\.example\.com$/ },
      policy: lists,
      notes: ["expression-unreadable origin"],
    },
  ],
  [
    "a page of a file",
    {
      options: { origin: [app, "file://"] },
      policy: { allowOrigins: [app], ...lists },
      notes: ["origin-scheme-unusable origin[1]"],
      theyRefuse: ["null"],
    },
  ],
  [
    "a subdomain pattern of a public suffix is not taken",
    {
      options: { origin: /^https:\/\/(.+\.)github\.io$/ },
      policy: lists,
      notes: ["origin-public-suffix origin"],
      theyAllow: ["https://anybody.github.io"],
    },
  ],
  // Credentials, methods, headers
  [
    "credentials as text never travelled",
    {
      options: { origin: app, credentials: "true" },
      policy: { allowOrigins: [app], ...lists },
      notes: ["credentials-not-true credentials"],
      credentials: true,
      theyRefuse: [app],
    },
  ],
  [
    "methods as text",
    {
      options: { methods: "GET, put,PATCH" },
      policy: { allowOrigins: "*", allowMethods: ["PATCH"], ...headers },
      notes: ["method-never-matched methods"],
      infos: ["safelisted-methods"],
    },
  ],
  [
    "methods as a list",
    {
      options: { methods: ["GET", "HEAD", "POST", "DELETE"] },
      policy: { allowOrigins: "*", allowMethods: ["DELETE"], ...headers },
      notes: [],
    },
  ],
  [
    "patch in lower case never allowed PATCH",
    {
      options: { methods: ["patch"] },
      policy: { allowOrigins: "*", allowMethods: ["patch"], ...headers },
      notes: ["method-case methods"],
    },
  ],
  [
    "a forbidden method",
    {
      options: { methods: ["TRACE", "PUT"] },
      policy: { allowOrigins: "*", allowMethods: ["PUT"], ...headers },
      notes: ["method-forbidden methods"],
    },
  ],
  [
    "any method with credentials is a name",
    {
      options: { origin: app, credentials: true, methods: ["*", "PUT"] },
      policy: { allowOrigins: [app], allowCredentials: true, allowMethods: ["PUT"], ...headers },
      notes: ["methods-any-with-credentials methods"],
    },
  ],
  [
    "headers by name",
    {
      options: { allowedHeaders: ["X-A", "Content-Type"] },
      policy: { allowOrigins: "*", ...methods, allowHeaders: ["x-a", "content-type"] },
      notes: [],
    },
  ],
  [
    "headers under their older name",
    { options: { headers: "X-A" }, policy: { allowOrigins: "*", ...methods, allowHeaders: ["x-a"] }, notes: [] },
  ],
  [
    "an empty list of headers is none",
    { options: { allowedHeaders: [] }, policy: { allowOrigins: "*", ...methods }, notes: [] },
  ],
  [
    "any header by * does not cover Authorization",
    {
      options: { allowedHeaders: "*" },
      policy: { allowOrigins: "*", ...methods, allowHeaders: ["*"] },
      notes: ["headers-any-authorization allowedHeaders"],
    },
  ],
  [
    "any header with credentials is a name",
    {
      options: { origin: app, credentials: true, allowedHeaders: "*" },
      policy: { allowOrigins: [app], allowCredentials: true, ...methods },
      notes: ["headers-any-with-credentials allowedHeaders"],
    },
  ],
  [
    "a header that no page can send",
    {
      options: { allowedHeaders: ["Cookie", "X-A"] },
      policy: { allowOrigins: "*", ...methods, allowHeaders: ["x-a"] },
      notes: ["header-forbidden allowedHeaders"],
    },
  ],
  [
    "exposed headers",
    {
      options: { exposedHeaders: "X-Request-Id, Link" },
      policy: { allowOrigins: "*", ...lists, exposeHeaders: ["x-request-id", "link"] },
      notes: [],
    },
  ],
  [
    "exposing any with credentials exposes none",
    {
      options: { origin: app, credentials: true, exposedHeaders: ["*"] },
      policy: { allowOrigins: [app], ...withCookies },
      notes: ["expose-any-with-credentials exposedHeaders"],
    },
  ],
  [
    "allowHeaders is no option of cors",
    {
      options: { allowHeaders: ["X-A"] },
      policy: { allowOrigins: "*", ...lists },
      notes: ["option-unknown allowHeaders"],
    },
  ],
  // Limits and statuses
  ["an age as a number", { options: { maxAge: 600 }, policy: { allowOrigins: "*", ...lists, maxAge: 600 }, notes: [] }],
  ["an age of 0", { options: { maxAge: 0 }, policy: { allowOrigins: "*", ...lists, maxAge: 0 }, notes: [] }],
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
    "an age over every cap",
    {
      options: { maxAge: 31_536_000 },
      policy: { allowOrigins: "*", ...lists, maxAge: 86_400 },
      notes: [],
      infos: ["max-age-rewritten"],
    },
  ],
  [
    "an age of -1",
    {
      options: { maxAge: -1 },
      policy: { allowOrigins: "*", ...lists, maxAge: 0 },
      notes: [],
      infos: ["max-age-rewritten"],
    },
  ],
  [
    "an age that nobody can read",
    { options: { maxAge: "1 hour" }, policy: { allowOrigins: "*", ...lists }, notes: ["max-age-dropped maxAge"] },
  ],
  [
    "200 for preflights",
    {
      options: { optionsSuccessStatus: 200 },
      policy: { allowOrigins: "*", ...lists, preflightStatus: 200 },
      notes: [],
    },
  ],
  [
    "an odd status that browsers take",
    {
      options: { optionsSuccessStatus: 202 },
      policy: { allowOrigins: "*", ...lists },
      notes: ["preflight-status optionsSuccessStatus"],
    },
  ],
  [
    "a status that browsers refuse",
    {
      options: { optionsSuccessStatus: 400 },
      policy: { allowOrigins: "*" },
      notes: ["preflight-status optionsSuccessStatus"],
      preflightsDiffer: true,
    },
  ],
  [
    "preflights that go on to the application",
    {
      options: { preflightContinue: true },
      policy: { allowOrigins: "*", ...lists },
      notes: ["preflight-continue preflightContinue"],
      preflightsDiffer: true,
    },
  ],
];

describe("options of cors, beside the real cors", () => {
  it.each(rows)("%s", (_, row) => compareMigration("cors", fromExpressCors, row));

  it("options that come from a function are refused by name", () => {
    const { policy, notes } = fromExpressCors(() => {});
    expect(policy).toEqual({});
    expect(notes.map(({ code, severity }) => [code, severity])).toEqual([["options-function", "error"]]);
  });

  it("a migration without origins cannot be built: there is no fallback", () => {
    expect(() => definePolicy(fromExpressCors({ origin: true, credentials: true }).policy)).toThrow(/allowOrigins/);
  });

  it("options are taken as each package types them", () => {
    const express: CorsOptions = { origin: [app, /x/], credentials: true, optionsSuccessStatus: 200 };
    const fastify: FastifyCorsOptions = { origin: async () => true, hook: "preHandler", maxAge: 600 };
    const hono: Parameters<typeof honoCors>[0] = { origin: (origin) => origin, allowMethods: ["PUT"] };
    expect(
      [fromExpressCors(express), fromFastifyCors(fastify), fromHonoCors(hono)].map(({ notes }) => notes.length),
    ).toEqual([4, 5, 4]);
  });

  it.each<readonly [string, CorsOptions, RegExp, RegExp]>([
    [
      "names that a pattern would add",
      { origin: /^https:\/\/([a-z0-9-]+\.)*example\.com$/ },
      /also covers https:\/\/x_y\.example\.com/,
      /^allowOrigins: \["https:\/\/example\.com","https:\/\/\*\.example\.com"\]$/,
    ],
    [
      "a part of a label",
      { origin: /^https:\/\/pr-[a-z0-9-]+\.example\.com$/ },
      /also covers https:\/\/pr-x_y\.example\.com/,
      /^allowOrigins: \["https:\/\/pr-\*\.example\.com"\]$/,
    ],
    [
      "every host of a platform",
      { origin: /^https:\/\/[a-z0-9-]+\.vercel\.app$/ },
      /hosts that others can register/,
      /originLookup/,
    ],
    ["a part of those", { origin: /^https:\/\/my-app-\w+\.vercel\.app$/ }, /left out/, /originLookup/],
    ["an open start under a platform", { origin: /\.vercel\.app$/ }, /left out/, /originLookup/],
    [
      "http with credentials",
      { origin: /^https?:\/\/[^.]+\.example\.com$/, credentials: true },
      /left out/,
      /^allowOrigins: \["https:\/\/\*\.example\.com"\]$/,
    ],
    [
      "a method in the other case",
      { origin: app, methods: "get,put" },
      /Browsers send PUT.*"put" never let it pass/,
      /allowMethods: \["PUT"\]/,
    ],
    ["a page of a file", { origin: ["file://"] }, /origin "null".*no browser sends this/, /https/],
    ["a star in a text, under a platform", { origin: ["https://*.vercel.app"] }, /never matched/, /originLookup/],
    [
      "a star in a text without a scheme",
      { origin: ["*.example.com"] },
      /never matched/,
      /"https:\/\/\*\.example\.com"/,
    ],
  ])("%s: the note says so, and its proposal can be built", (_, options, message, fix) => {
    const notes = fromExpressCors({ maxAge: 1, allowedHeaders: "x-a", ...options }).notes;
    const [note] = notes.filter(({ severity }) => severity !== "info");
    expect(note?.message).toMatch(message);
    expect(note?.fix).toMatch(fix);
    const origins = /allowOrigins: (\[.*\])$/.exec(note?.fix ?? "")?.[1];
    const proposal = { allowOrigins: origins && JSON.parse(origins), allowCredentials: options.credentials === true };
    if (origins !== undefined) expect(checkPolicy(proposal)).toEqual([]);
  });

  it("a foreign origin that an expression lets in is named", () => {
    const [note] = fromExpressCors({ origin: /example\.com$/ }).notes;
    expect(note?.message).toContain("https://evilexample.com");
    expect(note?.fix).toBe('allowOrigins: ["https://example.com","https://*.example.com"]');
  });
});
