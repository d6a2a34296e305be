import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildConsole } from "../../tools/packages/build-console.ts";
import { type ServedDemo, serveDemo } from "../support/corsmith-serve.ts";
import { firefoxPath, launchFirefox } from "../support/firefox.ts";
import { requireProgram } from "../support/real-thing.ts";

const folder = fileURLToPath(new URL("../../artifacts/console/", import.meta.url));

describe.skipIf(!requireProgram(firefoxPath, "firefox-esr"))("the console in Firefox", { timeout: 60_000 }, () => {
  let demo: ServedDemo;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    expect(buildConsole().output).toBe("");
    mkdirSync(folder, { recursive: true });
    [demo, browser] = await Promise.all([serveDemo(), launchFirefox()]);
    page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 860 });
    // The demo's own page is refused on purpose.
    page.on("pageerror", (error) => {
      if (page.url().startsWith(demo.admin.href)) complaints.push(String(error));
    });
    page.on("console", (message) => {
      if (/content.security.policy/i.test(message.text())) complaints.push(message.text());
    });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const visit = (path: string) => page.goto(new URL(path, demo.admin).href);
  const shown = (text: string) => page.waitForSelector(`main ::-p-text(${text})`, { timeout: 20_000 });
  const photograph = (name: string) => page.screenshot({ path: `${folder}firefox-${name}.png` });

  test("its own pages are what the console shows: refused, with the exchange", async () => {
    await page.goto(demo.refusedPage.href);
    await (await page.waitForSelector("#list .ask button"))?.click();
    await page.waitForSelector("#list[data-outcome=failed]");
    await visit("/requests");
    await shown("Firefox");
    await photograph("requests");
    await (await page.waitForSelector(".samples a"))?.click();
    await shown("Blocked: the script cannot read the response");
    expect(await page.$eval(".http-missing", (line) => line.textContent)).toContain("Access-Control-Allow-Origin");
    await shown("Evaluated the way Firefox does it");
    await photograph("request");
  });

  test("the figures are there, and drawn", async () => {
    await visit("/");
    await page.waitForSelector(".time-chart canvas");
    await shown("Refused by reason");
    await photograph("overview");
  });

  test("an origin's page proposes a change", async () => {
    await visit("/origins");
    await (await page.waitForSelector(".origins tbody a"))?.click();
    await (await shown("Draft a policy change: allow this origin"))?.click();
    await shown("Proposed: allow");
    await page.waitForSelector(".cm-content");
    await photograph("policy");
  });

  test("the editor takes what is typed, as fast as it comes", async () => {
    await visit("/policy");
    await (await page.waitForSelector(".cm-content"))?.click();
    await page.keyboard.down("Control");
    await page.keyboard.press("End");
    await page.keyboard.up("Control");
    await page.keyboard.type("wrong: 1");
    await page.waitForSelector(".cm-finding-error");
    expect(await page.$eval(".cm-content", (content) => content.textContent)).toContain("wrong: 1");
  });

  test("a request is played through", async () => {
    await visit("/try");
    await shown("The script may read the response");
    await page.select("#try-method", "PATCH");
    await shown("Never sent");
    await photograph("try-it");
  });

  test("an error is explained", async () => {
    await visit("/explain");
    await (await shown("Safari"))?.click();
    await shown("Who can fix it");
    await photograph("explain");
  });

  test("nothing broke the page's own policy, and no script failed", () => {
    expect(complaints).toEqual([]);
  });
});
