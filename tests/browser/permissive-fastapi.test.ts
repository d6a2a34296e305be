import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Ask, askFromPage } from "../support/ask-from-page.ts";
import { type BlankPage, startBlankPage } from "../support/blank-page.ts";
import { chromiumPath, openVisitor, type Visitor } from "../support/chromium.ts";
import { type CorsmithServe, serveUpstream } from "../support/corsmith-serve.ts";
import { type PermissiveFastApi, startPermissiveFastApi } from "../support/permissive-fastapi.ts";
import { requireProgram, requirePythonModule } from "../support/real-thing.ts";

const mayRun = [
  requireProgram(chromiumPath, "chromium"),
  requirePythonModule("fastapi", "python3-fastapi"),
  requirePythonModule("uvicorn", "python3-uvicorn"),
].every(Boolean);

// The app and its API are on one site; the stranger is on quite another, which the browser is told to find on this machine.
const strangerHost = "stranger.example";

describe.skipIf(!mayRun)("a FastAPI service that allows everything to everybody", () => {
  let visitor: Visitor;
  let app: BlankPage;
  let stranger: BlankPage;

  beforeAll(async () => {
    visitor = await openVisitor({ hostRules: [`MAP ${strangerHost} 127.0.0.1`] });
    [app, stranger] = await Promise.all([startBlankPage(), startBlankPage()]);
  });

  afterAll(async () => {
    await Promise.all([visitor?.close(), app?.close(), stranger?.close()]);
  });

  /** Signs the visitor in at the API, and opens the app in one tab and the stranger's page in another. */
  async function visit(api: string): Promise<{ appPage: Page; strangerPage: Page }> {
    const [signIn, appPage, strangerPage] = await Promise.all([
      visitor.context.newPage(),
      visitor.context.newPage(),
      visitor.context.newPage(),
    ]);
    await signIn.goto(`${api}/session`);
    await appPage.goto(`http://localhost:${app.port}/`);
    await strangerPage.goto(`http://${strangerHost}:${stranger.port}/`);
    return { appPage, strangerPage };
  }

  afterEach(async () => {
    await visitor.context.clearCookies();
    for (const page of visitor.context.pages().slice(1)) await page.close();
  });

  const asks: readonly (readonly [name: string, ask: (api: string) => Ask])[] = [
    ["GET with the visitor's cookie", (api) => ({ method: "GET", url: `${api}/orders`, credentials: "include" })],
    ["GET without a cookie", (api) => ({ method: "GET", url: `${api}/orders`, credentials: "omit" })],
    [
      "PUT of JSON with the visitor's cookie",
      (api) => ({ method: "PUT", url: `${api}/orders/1`, credentials: "include", json: { item: "tea", quantity: 7 } }),
    ],
    [
      "DELETE with the visitor's cookie",
      (api) => ({ method: "DELETE", url: `${api}/orders/2`, credentials: "include" }),
    ],
    ["a thrown 500", (api) => ({ method: "GET", url: `${api}/error`, credentials: "include" })],
    ["a 404", (api) => ({ method: "GET", url: `${api}/no-such-thing`, credentials: "include" })],
  ];

  const readable = (status: number, body: unknown = expect.anything()): object => ({
    outcome: "readable",
    status,
    body,
  });
  const refused = { outcome: "refused", error: "TypeError" };

  async function askAll(page: Page, api: string): Promise<Record<string, unknown>> {
    const seen: Record<string, unknown> = {};
    for (const [name, ask] of asks) seen[name] = await askFromPage(page, ask(api));
    return seen;
  }

  /** The orders as they are, asked past Corsmith and past any browser. */
  async function ordersOf(service: PermissiveFastApi): Promise<unknown> {
    const response = await fetch(new URL("/orders", service.url), {
      headers: { Cookie: "session=the-session-of-ada" },
    });
    return ((await response.json()) as { orders: unknown }).orders;
  }

  const untouched = { 1: { item: "tea", quantity: 1 }, 2: { item: "coffee", quantity: 1 } };

  describe("behind corsmith serve", () => {
    let service: PermissiveFastApi;
    let gateway: CorsmithServe;
    let api: string;

    beforeEach(async () => {
      service = await startPermissiveFastApi();
      gateway = await serveUpstream(service.url, {
        allowOrigins: [`http://localhost:${app.port}`],
        allowCredentials: true,
        allowMethods: ["PUT", "DELETE"],
        allowHeaders: ["Content-Type"],
      });
      api = `http://localhost:${gateway.url.port}`;
      return async () => {
        await gateway.stop();
        await service.program.stop();
      };
    });

    test("a page of the allowed origin reads everything, the status of the errors included", async () => {
      const { appPage } = await visit(api);
      expect(await askAll(appPage, api)).toEqual({
        "GET with the visitor's cookie": readable(200, { user: "ada", orders: untouched }),
        "GET without a cookie": readable(401),
        "PUT of JSON with the visitor's cookie": readable(200, { user: "ada", changed: { item: "tea", quantity: 7 } }),
        "DELETE with the visitor's cookie": readable(200, { user: "ada", deleted: 2 }),
        "a thrown 500": readable(500, "Internal Server Error"),
        "a 404": readable(404, { detail: "Not Found" }),
      });
      expect(await ordersOf(service)).toEqual({ 1: { item: "tea", quantity: 7 } });
    });

    test("a page of a refused origin reads nothing, and changes nothing that needs a preflight", async () => {
      const { strangerPage } = await visit(api);
      const seen = await askAll(strangerPage, api);
      expect(seen).toEqual(Object.fromEntries(asks.map(([name]) => [name, refused])));
      expect(await ordersOf(service)).toEqual(untouched);
    });

    test("S38: no answer has two values of Access-Control-Allow-Origin, nor the upstream's own", async () => {
      for (const origin of [`http://localhost:${app.port}`, `http://${strangerHost}:${stranger.port}`]) {
        for (const path of ["/orders", "/error", "/no-such-thing"]) {
          const response = await fetch(new URL(path, gateway.url), {
            headers: { Origin: origin, Cookie: "session=the-session-of-ada" },
          });
          const expected = origin.startsWith("http://localhost") ? origin : null;
          expect(response.headers.get("Access-Control-Allow-Origin"), `${origin} ${path}`).toBe(expected);
          expect(response.headers.get("Vary"), `${origin} ${path}`).toMatch(/(^|,\s*)Origin(,|$)/i);
        }
      }
    });
  });

  describe("on its own, as a control", () => {
    let service: PermissiveFastApi;
    let api: string;

    beforeEach(async () => {
      service = await startPermissiveFastApi();
      api = `http://localhost:${service.url.port}`;
      return async () => {
        await service.program.stop();
      };
    });

    test("any foreign page reads and changes the visitor's orders", async () => {
      const { strangerPage } = await visit(api);
      expect(await askAll(strangerPage, api)).toEqual({
        "GET with the visitor's cookie": readable(200, { user: "ada", orders: untouched }),
        "GET without a cookie": readable(401),
        "PUT of JSON with the visitor's cookie": readable(200, { user: "ada", changed: { item: "tea", quantity: 7 } }),
        "DELETE with the visitor's cookie": readable(200, { user: "ada", deleted: 2 }),
        "a thrown 500": refused,
        "a 404": readable(404, { detail: "Not Found" }),
      });
      expect(await ordersOf(service)).toEqual({ 1: { item: "tea", quantity: 7 } });
    });

    test("not even its own app can tell a thrown 500 from a dead network", async () => {
      const { appPage } = await visit(api);
      expect((await askAll(appPage, api))["a thrown 500"]).toEqual(refused);
    });
  });
});
