import type { PolicyInput } from "@corsmith/cors";
import type { Running } from "../support/listen.ts";
import { app, evil } from "../table/policies.ts";
import { from, type HeaderLines, preflightFrom } from "../table/row.ts";

/** For everybody, below `/public`. */
export const open: PolicyInput = { allowOrigins: "*", allowMethods: ["PUT"] };

/** For one page, below `/account`. */
export const strict: PolicyInput = { allowOrigins: [app], allowCredentials: true, allowMethods: ["DELETE"] };

/** An application with `/public/things` under the one and `/account/things` under the other, in the way of its framework. */
export interface TwoPolicies {
  readonly name: string;
  start(): Promise<Running>;
}

const anybody = "access-control-allow-origin: *";
const page = ["access-control-allow-credentials: true", `access-control-allow-origin: ${app}`];

type Case = readonly [string, method: string, path: string, HeaderLines, status: number, cors: readonly string[]];

/** What both parts must answer, whatever the way. */
export const cases: readonly Case[] = [
  ["anybody reads what is public", "GET", "/public/things", from(evil), 200, [anybody]],
  [
    "anybody passes the preflight of what is public",
    "OPTIONS",
    "/public/things",
    preflightFrom(evil, "PUT"),
    204,
    ["access-control-allow-methods: PUT", anybody],
  ],
  ["the page reads the account", "GET", "/account/things", from(app), 200, page],
  [
    "the page passes the preflight of the account",
    "OPTIONS",
    "/account/things",
    preflightFrom(app, "DELETE"),
    204,
    [page[0] ?? "", "access-control-allow-methods: DELETE", page[1] ?? ""],
  ],
  ["nobody else reads the account", "GET", "/account/things", from(evil), 200, []],
  [
    "nobody else passes the preflight of the account",
    "OPTIONS",
    "/account/things",
    preflightFrom(evil, "PUT"),
    403,
    [],
  ],
];
