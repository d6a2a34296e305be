/**
 * Takes pictures of the demo's pages into `artifacts/demo/`, wide and narrow, by day and by night, before and after every button was
 * pressed. They are for the eyes of whoever changes the pages; run it with
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
