import type { Browser, BrowserContext } from "playwright-core";

/** Opens a page of the demo and presses all of its buttons, one after the other, as a person would: real traffic of a real page. */
export async function pressEveryButton(browser: Browser | BrowserContext, url: URL): Promise<void> {
  const page = await browser.newPage();
  await page.goto(url.href);
  await page.locator("article").first().waitFor();
  for (const button of await page.locator(".ask button").all()) {
    await button.click();
    await page.waitForFunction(() => document.querySelector("[data-outcome=waiting]") === null);
  }
  await page.close();
}
