import { describe, expect, test } from "vitest";
import {
  formatStep,
  type Header,
  openPage,
  type PageRequestInit,
  redactTrace,
  titleOf,
} from "../../src/browser/index.ts";
import { type Route, scriptedServer } from "./scripted-server.ts";

const a = "https://a.example";
const b = "https://b.example/";
const own: Header = ["Access-Control-Allow-Origin", a];
const any: Header = ["Access-Control-Allow-Origin", "*"];
const credentials: Header = ["Access-Control-Allow-Credentials", "true"];
const methods: Header = ["Access-Control-Allow-Methods", "PUT"];
const maxAge: Header = ["Access-Control-Max-Age", "60"];

async function trace(route: Route, init: PageRequestInit = {}, url = b) {
  return openPage({ origin: a, transport: scriptedServer({ [url]: route }).transport }).trace(url, init);
}

test("a fetch with a preflight is told in sentences, and each has a title", async () => {
  const preflight = { headers: [own, methods, ["Access-Control-Allow-Headers", "x-a"], maxAge] as const };
  const init = { method: "PUT", headers: { "x-a": "1" } };
  const { steps } = await trace({ headers: [any], preflight }, init);
  expect(steps.map((step) => [titleOf(step), formatStep(step)])).toEqual([
    [
      "origin",
      "https://b.example is not the page's origin https://a.example: CORS decides. The method PUT needs a preflight.",
    ],
    ["preflight", "OPTIONS https://b.example/ asks for PUT."],
    ["Allow-Origin", 'Access-Control-Allow-Origin is "https://a.example", the origin that was sent.'],
    ["status", "The preflight's status is 204."],
    ["Allow-Methods", "PUT is allowed."],
    ["Allow-Headers", "Every request header is allowed: x-a."],
    ["preflight cache", "The preflight response is kept for 60 seconds."],
    ["Allow-Origin", "Access-Control-Allow-Origin is *, and no credentials are included."],
  ]);
  expect(steps.map(({ exchanges }) => exchanges)).toEqual([0, 0, 1, 1, 1, 1, 1, 2]);
});

test("the header's name is left out where a title has it", async () => {
  const { steps } = await trace({ headers: [own, credentials] }, { credentials: "include" });
  const [, allowOrigin, allowCredentials] = steps.map((step) => formatStep(step, { omitHeader: true }));
  expect([allowOrigin, allowCredentials]).toEqual(['"https://a.example", the origin that was sent.', "true."]);
});

describe("the last step says", () => {
  const redirect = (location: string): Route => ({ status: 302, headers: [any, ["Location", location]] });
  const rows: readonly (readonly [sentence: string, route: Route, init?: PageRequestInit, url?: string])[] = [
    ["The response (status 200) has no Access-Control-Allow-Origin.", {}],
    [
      'Access-Control-Allow-Origin is "https://a.example, https://a.example" (2 lines) and must be "https://a.example".',
      { headers: [own, own] },
    ],
    [
      'Access-Control-Allow-Credentials is missing and must be "true", because credentials are included.',
      { headers: [own] },
      { credentials: "include" },
    ],
    ["PUT is not in Access-Control-Allow-Methods: (none).", { preflight: { headers: [own] } }, { method: "PUT" }],
    [
      "The request header x-a is not in Access-Control-Allow-Headers: (none).",
      { preflight: { headers: [own] } },
      { headers: { "x-a": "1" } },
    ],
    [
      "The preflight's status is 404 and must be from 200 to 299.",
      { preflight: { status: 404, headers: [own] } },
      { method: "PUT" },
    ],
    ["Location is not one valid URL.", redirect("http://[")],
    ["Location leads to data:, which is not http: or https:.", redirect("data:,x")],
    ["Location contains a user name or a password.", redirect("https://u:p@b.example/")],
    [
      'The response is a redirect (status 302), and the page asked for redirect: "error".',
      redirect("/2"),
      { redirect: "error" },
    ],
    [
      "Cross-Origin-Resource-Policy is same-site, and https://a.example is not the same site as https://b.example.",
      { headers: [["Cross-Origin-Resource-Policy", "same-site"]] },
      { mode: "no-cors" },
    ],
    ['mode is "navigate" and must be one of cors, no-cors, same-origin.', {}, { mode: "navigate" }],
    [
      'cache: "only-if-cached" works only with mode: "same-origin", and mode is "cors".',
      {},
      { cache: "only-if-cached" },
    ],
    [
      'mode: "no-cors" works only with GET, HEAD and POST, and the method is PUT.',
      {},
      { mode: "no-cors", method: "put" },
    ],
    ["Browsers do not let a page send trace.", {}, { method: "trace" }],
    ['"x a" is not a header name.', {}, { headers: [["x a", "1"]] }],
    ["A GET request cannot have a body.", {}, { body: "x" }],
    ["The URL contains a user name or a password.", {}, {}, "https://u:p@b.example/"],
    [
      "Browsers refuse to connect to port 6667, which is reserved for another protocol.",
      {},
      {},
      "https://b.example:6667/",
    ],
    [
      "A page on https://a.example may not request http: URLs, and the URL is http://b.example/.",
      {},
      {},
      "http://b.example/",
    ],
    ["The page's own origin: no CORS is needed.", {}, {}, "https://a.example/"],
  ];
  test.each(rows.map(([sentence, ...args]) => ({ sentence, args })))("$sentence", async ({ sentence, args }) => {
    const [route, init, url] = args;
    const { steps } = await trace(route, init, url);
    expect(steps.map((step) => formatStep(step)).at(-1)).toBe(sentence);
  });
});

test("a redacted trace says the same without secrets", async () => {
  const failing = async () => Promise.reject(new Error("no route to https://me:s3cret@b.example/?token=s3cret"));
  const { steps } = redactTrace(await openPage({ origin: a, transport: failing }).trace(`${b}?token=s3cret`));
  expect(steps.map((step) => formatStep(step)).at(-1)).toBe(
    "No response came from https://b.example/?token=(hidden): no route to https://b.example/?token=(hidden)",
  );
});
