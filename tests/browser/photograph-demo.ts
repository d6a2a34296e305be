/**
 * Takes pictures of the demo's pages into `artifacts/demo/`, wide and narrow, by day and by night, before and after every button was
 * pressed, to be looked at when the pages change; and the picture of the README, both pages side by side. Run it with
 * `node --conditions=@corsmith/source tests/browser/photograph-demo.ts`.
 */
import { mkdir } from "node:fs/promises";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { serveDemo } from "../support/corsmith-serve.ts";

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

const readmePicture = new URL("../../docs/images/demo.png", import.meta.url);
const folder = fileURLToPath(new URL("../../artifacts/demo/", import.meta.url));
await mkdir(folder, { recursive: true });
const [demo, browser] = await Promise.all([serveDemo(), launchChromium()]);
try {
  for (const viewport of sizes) {
    for (const colorScheme of ["light", "dark"] as const) {
      const suffix = `${viewport.width}x${viewport.height}-${colorScheme}`;
      await photograph(browser, demo.allowedPage, { viewport, colorScheme }, `${folder}allowed-${suffix}`);
      await photograph(browser, demo.refusedPage, { viewport, colorScheme }, `${folder}refused-${suffix}`);
    }
  }
  await photographSideBySide(browser, [demo.allowedPage, demo.refusedPage], fileURLToPath(readmePicture));
  process.stderr.write(`The pictures are in ${folder}\n`);
} finally {
  await Promise.all([browser.close(), demo.stop()]);
}

async function photograph(
  on: Browser,
  url: URL,
  options: Parameters<Browser["newPage"]>[0],
  path: string,
): Promise<void> {
  const page = await on.newPage(options);
  await page.goto(url.href);
  await page.locator("article").first().waitFor();
  await page.screenshot({ path: `${path}.png` });
  for (const button of await page.locator(".ask button").all()) {
    await button.click();
    // One after the other, as a person does: the later requests are about what the earlier ones made.
    await page.waitForFunction(() => document.querySelector("[data-outcome=waiting]") === null);
  }
  await page.screenshot({ path: `${path}-pressed.png`, fullPage: true });
  await page.close();
}

/** What both pages show of the same request, in one picture. */
async function photographSideBySide(on: Browser, urls: readonly URL[], path: string): Promise<void> {
  const halves: string[] = [];
  for (const url of urls) {
    const page = await on.newPage({ viewport: { width: 640, height: 860 }, colorScheme: "light" });
    await page.goto(url.href);
    for (const name of ["Sign in", "List the orders"]) await page.getByRole("button", { name }).click();
    await page.waitForFunction(() => document.querySelector("[data-outcome=waiting]") === null);
    const article = page.locator("article").filter({ has: page.getByRole("button", { name: "List the orders" }) });
    const top = await page.locator("header").first().screenshot();
    halves.push(...[top, await article.screenshot()].map((image) => image.toString("base64")));
    await page.close();
  }
  const sheet = await on.newPage({ viewport: { width: 1304, height: 400 } });
  const image = (data: string | undefined) => `<img src="data:image/png;base64,${data}">`;
  const column = (at: number) => `<div>${image(halves[at])}${image(halves[at + 1])}</div>`;
  await sheet.setContent(
    `<style>body{margin:0;display:flex;gap:24px;background:#fbf9f5}div{width:640px}img{display:block}img+img{margin:16px 26px}</style>${column(0)}${column(2)}`,
  );
  await sheet.screenshot({ path, fullPage: true });
  await sheet.close();
}
