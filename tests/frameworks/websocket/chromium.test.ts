import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { cors } from "@corsmith/cors/node";
import { upgradeGuard } from "@corsmith/cors/websocket";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { type BlankPage, startBlankPage } from "../../support/blank-page.ts";
import { chromiumPath, launchChromium } from "../../support/chromium.ts";
import { requireProgram } from "../../support/real-thing.ts";

/** An API under crossOriginProtection, with a WebSocket, that writes down what reached it. */
interface Api {
  readonly server: Server;
  readonly port: number;
  readonly reached: string[];
}

describe.skipIf(!requireProgram(chromiumPath, "chromium"))("real Chromium before a protected API", () => {
  let browser: Browser;
  let blank: BlankPage;
  let api: Api;
  const pages: Record<"allowed" | "other" | "own", Page | undefined> = {
    allowed: undefined,
    other: undefined,
    own: undefined,
  };

  beforeAll(async () => {
    blank = await startBlankPage();
    browser = await launchChromium();
    api = await startApi(`http://localhost:${blank.port}`);
    pages.allowed = await openPage(`http://localhost:${blank.port}/`);
    pages.other = await openPage(`http://other.localhost:${blank.port}/`);
    pages.own = await openPage(`http://127.0.0.1:${api.port}/page`);
  });
  afterAll(async () => {
    await browser?.close();
    await blank?.close();
    api?.server.closeAllConnections();
    api?.server.close();
  });
  beforeEach(() => {
    api.reached.length = 0;
  });

  async function openPage(url: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(url);
    return page;
  }

  function pageOf(name: keyof typeof pages): Page {
    const page = pages[name];
    if (page === undefined) throw new Error(name);
    return page;
  }

  it.each([
    ["allowed", true],
    ["own", true],
    ["other", false],
  ] as const)("S102: a simple POST of the %s page reaches the application: %s", async (name, reaches) => {
    await pageOf(name).evaluate(async (url) => {
      await fetch(url, { method: "POST", mode: "no-cors", credentials: "include", body: "amount=1" });
    }, `http://127.0.0.1:${api.port}/transfer`);
    expect(api.reached).toEqual(reaches ? ["POST /transfer"] : []);
  });

  it("S102: a form of another site, sent by navigation, does not reach the application", async () => {
    const page = await openPage(`http://other.localhost:${blank.port}/`);
    const [response] = await Promise.all([
      page.waitForResponse((answer) => answer.url().endsWith("/transfer")),
      page.evaluate((url) => {
        const form = document.createElement("form");
        form.method = "post";
        form.action = url;
        document.body.append(form);
        form.submit();
      }, `http://127.0.0.1:${api.port}/transfer`),
    ]);
    expect(response.status()).toBe(403);
    expect(api.reached).toEqual([]);
    await page.close();
  });

  it("a link from another site, which only reads, does reach it", async () => {
    const page = await openPage(`http://other.localhost:${blank.port}/`);
    await page.goto(`http://127.0.0.1:${api.port}/orders`, { referer: `http://other.localhost:${blank.port}/` });
    expect(api.reached).toEqual(["GET /orders"]);
    await page.close();
  });

  it.each([
    ["allowed", "hello"],
    ["own", "hello"],
    ["other", "refused"],
  ] as const)("S103: a WebSocket of the %s page is answered: %s", async (name, outcome) => {
    const seen = await pageOf(name).evaluate(
      (url) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(url);
          socket.onmessage = ({ data }) => resolve(String(data));
          socket.onerror = () => resolve("refused");
        }),
      `ws://127.0.0.1:${api.port}/live`,
    );
    expect(seen).toBe(outcome);
    expect(api.reached).toEqual(outcome === "hello" ? ["WebSocket"] : []);
  });
});

async function startApi(allowedOrigin: string): Promise<Api> {
  const policy = { allowOrigins: [allowedOrigin], allowCredentials: true, crossOriginProtection: true };
  const guard = cors(policy);
  const judge = upgradeGuard(policy);
  const reached: string[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((req, res) =>
    guard(req, res, () => {
      if (req.url !== "/page" && req.url !== "/favicon.ico") reached.push(`${req.method} ${req.url}`);
      res.setHeader("Content-Type", "text/html; charset=utf-8");
      res.end('<!doctype html><html lang="en"><title>API</title><link rel="icon" href="data:," /></html>');
    }),
  ).on("upgrade", async (request, socket, head) => {
    const { allowed } = await judge(request);
    if (!allowed) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    reached.push("WebSocket");
    sockets.handleUpgrade(request, socket, head, (client) => client.send("hello"));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, port: (server.address() as AddressInfo).port, reached };
}
