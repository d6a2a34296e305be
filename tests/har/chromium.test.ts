import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPage } from "@corsmith/cors/browser";
import { cors } from "@corsmith/cors/node";
import { type HarRequest, requestsOfHar, transportFromHar } from "@corsmith/cors/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BlankPage, startBlankPage } from "../support/blank-page.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { requireProgram } from "../support/real-thing.ts";

/** An API that allows the page some things and not others. */
function startApi(pageOrigin: string): Promise<Server> {
  const guard = cors({
    allowOrigins: [pageOrigin],
    allowCredentials: true,
    allowMethods: ["PUT"],
    allowHeaders: ["x-a"],
  });
  const server = createServer((request, response) => {
    if (request.url === "/bare") return void response.writeHead(500).end("no headers here");
    guard(request, response, () => {
      if (request.url === "/moved") return void response.writeHead(302, { Location: "/orders" }).end();
      response.writeHead(200, { "Content-Type": "text/plain", "Set-Cookie": "sid=s3cret" }).end("orders");
    });
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

interface Init {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly credentials?: "include";
}

/** What the script on the page asks for, and whether it may read the answer. */
const asked: readonly (readonly [path: string, init: Init, readable: boolean])[] = [
  ["/orders", { credentials: "include" }, true],
  ["/orders/1?token=s3cret", { method: "PUT", headers: { "X-A": "1" } }, true],
  ["/orders/2", { method: "DELETE" }, false],
  ["/orders/3", { headers: { "X-B": "1" } }, false],
  ["/bare", {}, false],
  ["/moved", {}, true],
];

describe.skipIf(!requireProgram(chromiumPath, "chromium"))("a recording that a real Chromium made", () => {
  let page: BlankPage;
  let api: Server;
  let folder = "";
  let text = "";
  let pageOrigin = "";
  let apiOrigin = "";
  let verdicts: readonly boolean[] = [];

  beforeAll(async () => {
    page = await startBlankPage();
    pageOrigin = `http://localhost:${page.port}`;
    api = await startApi(pageOrigin);
    apiOrigin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    folder = await mkdtemp(join(tmpdir(), "corsmith-har-"));
    const file = join(folder, "page.har");
    const browser = await launchChromium();
    const context = await browser.newContext({ recordHar: { path: file, content: "embed" } });
    const tab = await context.newPage();
    await tab.goto(`${pageOrigin}/`);
    verdicts = await tab.evaluate(
      async ({ origin, requests }) => {
        const seen: boolean[] = [];
        for (const [path, init] of requests) {
          seen.push(
            await fetch(origin + path, init).then(
              (response) => response.text().then(() => true),
              () => false,
            ),
          );
        }
        return seen;
      },
      { origin: apiOrigin, requests: asked },
    );
    await context.close();
    await browser.close();
    text = await readFile(file, "utf8");
  });

  afterAll(async () => {
    await page?.close();
    api?.closeAllConnections();
    await new Promise((done) => api?.close(done));
    await rm(folder, { recursive: true, force: true });
  });

  const requests = (): readonly HarRequest[] => requestsOfHar(text);
  const expected = () =>
    asked.map(([path, init]) => [init.method ?? "GET", apiOrigin + path.replace("s3cret", "(hidden)")]);

  test("the browser judged as the policy says", () => {
    expect(verdicts).toEqual(asked.map(([, , readable]) => readable));
  });

  test("holds every request of the script, the page's origin with it, and no secret", () => {
    expect(requests().map(({ method, url }) => [method, url])).toEqual(expected());
    expect(new Set(requests().map(({ pageOrigin: origin }) => origin))).toEqual(new Set([pageOrigin]));
    expect(text).toContain("s3cret");
    expect(JSON.stringify(requests())).not.toContain("s3cret");
  });

  test("tells what the script set from what the browser did", () => {
    expect(requests().map(({ headers }) => headers.filter(([name]) => name.toLowerCase() !== "accept"))).toEqual(
      asked.map(([, init]) => Object.entries(init.headers ?? {}).map(([name, value]) => [name, value])),
    );
  });

  test("judged by the simulator, gives the browser's verdicts", async () => {
    // Playwright records no preflights.
    const transport = transportFromHar(text, { assumePreflights: true });
    const judged: boolean[] = [];
    for (const { pageOrigin: origin, url, method, headers, credentials } of requests()) {
      const simulated = openPage({ origin, engine: "chromium", transport });
      const init = { method, headers: headers.map(([...line]): [string, string] => line) };
      const trace = await simulated.trace(url, credentials === "include" ? { ...init, credentials } : init);
      judged.push(trace.outcome === "ok");
    }
    expect(judged).toEqual(verdicts);
  });
});
