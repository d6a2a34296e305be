import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { type ServedDemo, serveDemo } from "../support/corsmith-serve.ts";
import { requireProgram } from "../support/real-thing.ts";
import { worstContrast } from "../support/worst-contrast.ts";

const run = promisify(execFile);
const mayBrowse = requireProgram(chromiumPath, "chromium");
const mayCurl = requireProgram("curl", "curl");

const readable: readonly (readonly [id: string, status: string, body: string | RegExp])[] = [
  ["sign-in", "201 Created", '"signedIn": true'],
  ["list", "200 OK", "espresso beans"],
  ["create", "201 Created", "tea, 250 g"],
  ["update", "200 OK", "tea, 500 g"],
  ["delete", "204 No Content", "No body."],
  ["error", "500 Internal Server Error", "The API threw an error"],
  ["not-found", "404 Not Found", "There is nothing at /no-such-thing."],
  ["slow", "200 OK", '"waitedMs": 2000'],
  ["stream", "200 OK", /event 1 of 6.*event 6 of 6/s],
];
const refusedEverywhere = ["header", "method"] as const;
const everything = [...readable.map(([id]) => id), ...refusedEverywhere];

describe.skipIf(!mayBrowse)("the demo in Chromium", () => {
  let demo: ServedDemo;
  let browser: Browser;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([serveDemo(), launchChromium()]);
  });

  afterAll(async () => {
    await Promise.all([browser?.close(), demo?.stop()]);
  });

  async function open(url: URL | string, width = 1280): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto(String(url));
    await page.locator("article").first().waitFor();
    return page;
  }

  /** Presses the button as a person does, and waits for the verdict. */
  async function press(page: Page, id: string): Promise<Locator> {
    const row = page.locator(`#${id}`);
    await row.locator(".ask button").click();
    await page.locator(`#${id}:is([data-outcome=readable], [data-outcome=failed])`).waitFor();
    return row;
  }

  /** What the gateway's log says of the page's requests: request, reason, status. */
  function logged(page: URL): unknown[] {
    const lines = demo.output().matchAll(/^\{.*"reason":.*\}$/gm);
    const decisions = Array.from(lines, ([line]) => JSON.parse(line) as Record<string, unknown>);
    return decisions
      .filter(({ origin }) => origin === page.origin)
      .map(({ method, path, reason, status }) => [`${method} ${path}`, reason, status]);
  }

  /** What a person sees of it. */
  const shown = async (place: Locator): Promise<string> => (await place.allInnerTexts()).join("\n");
  const headline = (page: Page): Promise<string> => shown(page.getByRole("heading", { level: 1 }));
  const verdict = (row: Locator): Promise<string> => shown(row.getByRole("status"));
  const seen = (row: Locator): Promise<string> => shown(row.locator(".seen"));
  const why = (row: Locator): Promise<string> => shown(row.locator(".why"));

  describe("the page whose origin is allowed", () => {
    test("says so, and reads every answer, the errors included", async () => {
      const page = await open(demo.allowedPage);
      expect(await headline(page)).toBe("This page’s origin is allowed");
      for (const [id, status, body] of readable) {
        const row = await press(page, id);
        expect(await verdict(row), id).toMatch(new RegExp(`^${status}: the script could read the answer, after `));
        expect(await seen(row), id).toMatch(body);
        expect(await why(row), id).toContain("The answer named this page’s origin");
      }
      await page.close();
    });

    test("sees the headers that the policy exposes, and no others", async () => {
      const page = await open(demo.allowedPage);
      const names = await (await press(page, "list")).locator(".headers dt").allInnerTexts();
      // The last two are exposed by the policy, the others are safelisted: https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
      expect(names.filter((name) => name !== "content-length")).toEqual([
        "cache-control",
        "content-type",
        "x-request-id",
        "x-total-count",
      ]);
      await page.close();
    });

    test.each([
      ["header", "headers-refused", "OPTIONS /orders"],
      ["method", "method-refused", "OPTIONS /orders/1"],
    ])("S58: is refused a %s that the policy does not list, and told where the reason is", async (id, reason, line) => {
      const page = await open(demo.allowedPage);
      const row = await press(page, id);
      expect(await verdict(row)).toMatch(/^TypeError: the browser let the script read nothing, after /);
      expect(await why(row)).toContain(`${line}, which should say “${reason}”`);
      await expect.poll(() => logged(demo.allowedPage)).toContainEqual([line, reason, 204]);
      await page.close();
    });

    test("shows a stream while it arrives", async () => {
      const page = await open(demo.allowedPage);
      await page.locator("#stream .ask button").click();
      await page.locator("#stream .seen", { hasText: "event 2 of 6" }).waitFor();
      expect(await seen(page.locator("#stream"))).not.toContain("event 6 of 6");
      await page.locator("#stream[data-outcome=readable]").waitFor();
      await page.close();
    });
  });

  describe("the page whose origin is not allowed", () => {
    test("says so, and reads nothing at all", async () => {
      const page = await open(demo.refusedPage);
      expect(await headline(page)).toBe("This page’s origin is not allowed");
      for (const id of everything) {
        const row = await press(page, id);
        expect(await verdict(row), id).toMatch(/^TypeError: the browser let the script read nothing, after /);
        expect(await seen(row), id).toBe("TypeError: Failed to fetch");
        expect(await why(row), id).toContain("which should say “origin-refused”");
      }
      // What needs no preflight was answered by the API; what needs one got no further than the gateway.
      const lines = [
        ["POST /session", "origin-refused", 201],
        ["GET /orders", "origin-refused", 200],
        ["OPTIONS /orders", "origin-refused", 403],
        ["OPTIONS /orders/1", "origin-refused", 403],
        ["GET /error", "origin-refused", 500],
        ["GET /no-such-thing", "origin-refused", 404],
      ];
      await expect.poll(() => logged(demo.refusedPage)).toEqual(expect.arrayContaining(lines));
      await page.close();
    });

    test("did send what needs no preflight, and nothing that needs one: as the page says", async () => {
      const page = await open(demo.refusedPage);
      const orders = async (): Promise<unknown> => (await fetch(new URL("/orders", demo.url))).json();
      const before = await orders();
      await press(page, "sign-in");
      for (const id of ["create", "update", "delete"]) await press(page, id);
      expect(await orders()).toEqual(before);
      const cookies = await page.context().cookies();
      expect(cookies).toEqual([
        expect.objectContaining({ name: "corsmith_demo_session", httpOnly: true, sameSite: "Lax" }),
      ]);
      await page.close();
    });

    test("is also the allowed page by another host name", async () => {
      const page = await open(`http://localhost:${demo.allowedPage.port}/`);
      expect(await headline(page)).toBe("This page’s origin is not allowed");
      expect(await verdict(await press(page, "list"))).toMatch(/^TypeError/);
      await page.close();
    });
  });

  describe("both pages", () => {
    test("link to each other", async () => {
      const page = await open(demo.allowedPage);
      await page.getByRole("link", { name: "Open the same page where it is not allowed" }).click();
      await page.waitForURL(demo.refusedPage.href);
      await page.getByRole("link", { name: "Open the same page where it is allowed" }).click();
      await page.waitForURL(demo.allowedPage.href);
      await page.close();
    });

    test("ask nobody but their own origin and the gateway, and break no rule of their own", async () => {
      const page = await browser.newPage();
      const origins = new Set<string>();
      const complaints: string[] = [];
      page.on("request", (request) => origins.add(new URL(request.url()).origin));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (/content security policy|trusted type/i.test(message.text())) complaints.push(message.text());
      });
      await page.goto(demo.allowedPage.href);
      await press(page, "list");
      await press(page, "stream");
      expect([...origins].sort()).toEqual([demo.allowedPage.origin, demo.url.origin].sort());
      expect(complaints).toEqual([]);
      await page.close();
    });

    test("work by keyboard alone", async () => {
      const page = await open(demo.allowedPage);
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the requests");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.locator("#sign-in[data-outcome=readable]").waitFor();
      expect(await page.evaluate(() => document.activeElement?.textContent), "the focus stays").toBe("Sign in");
      await page.close();
    });

    test.each([360, 390, 768, 1280])("fit a window of %i px, and show what they should", async (width) => {
      for (const url of [demo.allowedPage, demo.refusedPage]) {
        const page = await open(url, width);
        for (const id of ["list", "create", "header"]) await press(page, id);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, url.href).toBeLessThanOrEqual(0);
        await page.close();
      }
    });

    test("are readable: text has a contrast of at least 4.5, by day and by night", async () => {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const url of [demo.allowedPage, demo.refusedPage]) {
          const page = await open(url);
          await page.emulateMedia({ colorScheme });
          await press(page, "list");
          const worst = await page.evaluate(worstContrast);
          expect(worst.ratio, `${worst.text} (${colorScheme}, ${url.href})`).toBeGreaterThanOrEqual(4.5);
          await page.close();
        }
      }
    });

    test("copy the curl commands", async () => {
      const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
      const page = await context.newPage();
      await page.goto(demo.allowedPage.href);
      const row = await press(page, "update");
      await row.getByRole("button", { name: "Copy the curl commands: Change the order" }).click();
      await row.getByText("Copied").waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
        /^# the preflight\ncurl -i -X OPTIONS http/,
      );
      await context.close();
    });

    test.skipIf(!mayCurl)(
      "show curl commands that do what the button does",
      async () => {
        const page = await open(demo.allowedPage);
        const folder = await mkdtemp(join(tmpdir(), "corsmith-curl-"));
        const statuses: Record<string, string[]> = {};
        for (const id of everything) {
          const commands = await shown((await press(page, id)).locator(".commands"));
          const { stdout } = await run("sh", ["-c", commands], { cwd: folder, timeout: 15_000 });
          statuses[id] = Array.from(stdout.matchAll(/^HTTP\/1\.1 (\d{3})/gm), (match) => match[1] ?? "");
        }
        expect(statuses).toEqual({
          "sign-in": ["201"],
          list: ["200"],
          // The page's own request was the first with this idempotency key.
          create: ["204", "200"],
          update: ["204", "200"],
          delete: ["204", "404"],
          error: ["500"],
          "not-found": ["404"],
          slow: ["200"],
          stream: ["200"],
          // The preflight says what is allowed, and curl, which is no browser, sends the request all the same.
          header: ["204", "200"],
          method: ["204", "405"],
        });
        await rm(folder, { recursive: true });
        await page.close();
      },
      60_000,
    );
  });
});
