import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildConsole } from "../../tools/packages/build-console.ts";
import { type ServedDemo, serveDemo } from "../support/corsmith-serve.ts";
import { requireEngine } from "../support/real-engines.ts";
import { openWebkitPage, type WebkitPage } from "./support/webkit-page.ts";

const folder = fileURLToPath(new URL("../../artifacts/console/", import.meta.url));

describe.skipIf(!requireEngine("webkit"))("the console in WebKit", { timeout: 60_000 }, () => {
  let demo: ServedDemo;
  let page: WebkitPage;

  beforeAll(async () => {
    expect(buildConsole().output).toBe("");
    mkdirSync(folder, { recursive: true });
    [demo, page] = await Promise.all([serveDemo(), openWebkitPage(1280, 900)]);
  }, 120_000);

  afterAll(async () => {
    await page?.close();
    await demo?.stop();
  });

  const visit = (path: string) => page.visit(new URL(path, demo.admin).href);
  const photograph = (name: string) => page.photograph(`${folder}webkit-${name}.png`);
  /** Of the console's own pages; the demo's is refused on purpose, and WebKit says so. */
  const complaints = () => page.complaints.filter((line) => !isRefusal(line));

  test("its own pages are what the console shows: refused, with the exchange", async () => {
    await page.visit(demo.refusedPage.href);
    await page.click("#list .ask button");
    await page.until('document.querySelector("#list[data-outcome=failed]") !== null');
    expect(page.complaints.some(isRefusal), "WebKit's console is heard").toBe(true);
    await visit("/requests");
    await page.shows("Safari");
    await photograph("requests");
    await page.click(".samples a");
    await page.shows("Blocked: the script cannot read the response");
    expect(await page.evaluate('document.querySelector(".http-missing").textContent')).toContain(
      "Access-Control-Allow-Origin",
    );
    await page.shows("Evaluated the way Safari does it");
    await photograph("request");
    expect(complaints()).toEqual([]);
  });

  test("a request appears while the list is open", async () => {
    await visit("/requests");
    await page.shows("Allowed");
    await page.shows("New requests appear at the top");
    // From here on only the stream can bring it.
    await page.evaluate(`(() => {
      const { fetch } = window;
      window.fetch = (url, init) => String(url).includes("/samples") ? new Promise(() => {}) : fetch(url, init);
    })()`);
    await fetch(new URL("/from-elsewhere", demo.url), { headers: { origin: "https://elsewhere.example" } });
    await page.shows("https://elsewhere.example");
    expect(complaints()).toEqual([]);
  });

  test("the figures are there, and drawn", async () => {
    await visit("/");
    await page.until('document.querySelector(".time-chart canvas")?.width > 0');
    await page.shows("Refused by reason");
    await photograph("overview");
    expect(complaints()).toEqual([]);
  });

  test("an origin's page proposes a change", async () => {
    await visit("/origins");
    await page.click(".origins tbody a");
    await page.click("a", "Draft a policy change: allow this origin");
    await page.shows("Proposed: allow");
    await page.until('document.querySelector(".cm-content") !== null');
    await photograph("policy");
    expect(complaints()).toEqual([]);
  });

  test("the editor takes what is typed, and underlines what is wrong", async () => {
    await visit("/policy");
    await page.until('document.querySelector(".cm-content .cm-line") !== null');
    // The engine's own editing, as a key of the keyboard sets it off.
    await page.evaluate(`(() => {
      const content = document.querySelector(".cm-content");
      content.focus();
      getSelection().selectAllChildren(content);
      getSelection().collapseToEnd();
      return document.execCommand("insertText", false, "wrong: 1");
    })()`);
    await page.until('document.querySelector(".cm-finding-range-error")?.textContent === "wrong"');
    await page.shows("There is no key");
    const mark = 'getComputedStyle(document.querySelector(".cm-finding-range-error"))';
    expect(await page.evaluate(`${mark}.textDecorationLine`)).toBe("underline");
    expect(await page.evaluate(`${mark}.textDecorationStyle`)).toBe("wavy");
    await photograph("finding");
    expect(complaints()).toEqual([]);
  });

  test("a request is played through", async () => {
    await visit("/try");
    await page.shows("The script may read the response");
    await page.evaluate(`(() => {
      const method = document.querySelector("#try-method");
      method.value = "PATCH";
      method.dispatchEvent(new Event("change", { bubbles: true }));
      method.dispatchEvent(new Event("input", { bubbles: true }));
    })()`);
    await page.shows("Never sent");
    await photograph("try-it");
    expect(complaints()).toEqual([]);
  });

  test("an error is explained", async () => {
    await visit("/explain");
    await page.click("button", "Safari");
    await page.shows("Who can fix it");
    await photograph("explain");
    expect(complaints()).toEqual([]);
  });

  test("what would break the page's own policy is heard", async () => {
    await page.evaluate(
      '(() => { const s = document.createElement("script"); s.textContent = "1"; document.body.append(s); })()',
    );
    await expect.poll(() => complaints().join(), { timeout: 5_000 }).toMatch(/Content Security Policy/);
  });
});

/** What WebKit says of a request that CORS refused: the reason, and that nothing was loaded. */
function isRefusal(line: string): boolean {
  return /is not allowed by Access-Control-Allow-Origin|due to access control checks/.test(line);
}
