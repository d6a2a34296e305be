import type { Browser } from "playwright-core";
import { type BlankPage, startBlankPage } from "../../support/blank-page.ts";
import { launchChromium } from "../../support/chromium.ts";

/** The pages that the guide's console snippets run on, by the port that the guide gives them. */
const writtenPorts = [5173, 5174];

/** A real browser, and two pages for the console snippets of the guide. */
export class BrowserConsole {
  readonly #browser: Browser;
  readonly #pages: readonly BlankPage[];

  private constructor(browser: Browser, pages: readonly BlankPage[]) {
    this.#browser = browser;
    this.#pages = pages;
  }

  static async open(): Promise<BrowserConsole> {
    const pages = await Promise.all(writtenPorts.map(() => startBlankPage()));
    return new BrowserConsole(await launchChromium(), pages);
  }

  /** The real ports of the pages, by the one that the guide names. */
  get ports(): ReadonlyMap<number, number> {
    return new Map(writtenPorts.map((port, index) => [port, this.#pages[index]?.port ?? 0]));
  }

  /** Runs a snippet in the console of a page at this address, and resolves to all that the console showed. */
  async run(address: string, snippet: string): Promise<string> {
    const context = await this.#browser.newContext();
    try {
      const page = await context.newPage();
      const shown: string[] = [];
      page.on("console", (message) => shown.push(message.text()));
      await page.goto(address);
      // A console takes await at its top level.
      await page.evaluate(`(async () => {\n${snippet}\n})()`);
      // The browser's own line about a refusal may come after the script heard of it.
      await page.waitForTimeout(200);
      return shown.join("\n");
    } finally {
      await context.close();
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await Promise.all(this.#pages.map((page) => page.close()));
  }
}
