import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { buildConsole } from "../../tools/packages/build-console.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { type ServedDemo, serveDemo } from "../support/corsmith-serve.ts";
import { requireProgram } from "../support/real-thing.ts";
import { axeViolations } from "./support/axe.ts";
import { pressEveryButton } from "./support/press-every-button.ts";
import { openWatched, screens } from "./support/watched-page.ts";

const folder = fileURLToPath(new URL("../../artifacts/console/", import.meta.url));

const looks: readonly (readonly [name: string, options: BrowserContextOptions])[] = [
  ["desktop-light", { ...screens.desktop, colorScheme: "light" }],
  ["desktop-dark", { ...screens.desktop, colorScheme: "dark" }],
  ["phone-light", { ...screens.phone, colorScheme: "light" }],
  ["phone-dark", { ...screens.phone, colorScheme: "dark" }],
];

/** A view: where it is, and what must be seen before it is there. */
interface View {
  readonly name: string;
  path(): Promise<string> | string;
  ready(page: Page): Promise<unknown>;
}

describe.skipIf(!requireProgram(chromiumPath, "chromium"))("every view of the console, on real traffic", () => {
  let demo: ServedDemo;
  let browser: Browser;
  const figures: object[] = [];

  beforeAll(async () => {
    expect(buildConsole().output).toBe("");
    mkdirSync(folder, { recursive: true });
    [demo, browser] = await Promise.all([serveDemo(), launchChromium()]);
    await pressEveryButton(browser, demo.allowedPage);
    await pressEveryButton(browser, demo.refusedPage);
    // What was decided is in the journal after its next tick.
    await vi.waitUntil(async () => (await samples("?blocked=true")).length > 5, { timeout: 20_000, interval: 200 });
  });

  afterAll(async () => {
    writeFileSync(`${folder}figures.json`, JSON.stringify(figures, null, 1));
    await browser?.close();
    await demo?.stop();
  });

  async function samples(query: string): Promise<readonly { readonly id: string; readonly reason: string }[]> {
    const response = await fetch(new URL(`/api/decisions/samples${query}`, demo.admin));
    const { samples: found }: { samples: { id: string; reason: string }[] } = await response.json();
    return found;
  }

  async function requestPath(reason: string): Promise<string> {
    const [first] = await samples(`?reason=${reason}`);
    return `/requests/${first?.id}`;
  }

  /** What the scripts of a page weighed on their way, so far. */
  const scriptBytes = (page: Page): Promise<number> =>
    page.evaluate(() =>
      (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
        .filter(({ name }) => name.endsWith(".js"))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    );
  const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
  const views: readonly View[] = [
    { name: "overview", path: () => "/", ready: (page) => page.locator(".time-chart canvas").waitFor() },
    { name: "origins", path: () => "/origins", ready: (page) => page.getByRole("cell").first().waitFor() },
    {
      name: "origin",
      path: () => `/origins/${encodeURIComponent(demo.refusedPage.origin)}`,
      ready: (page) => page.locator(".time-chart canvas").waitFor(),
    },
    { name: "requests", path: () => "/requests", ready: (page) => page.getByRole("cell").first().waitFor() },
    {
      name: "request-refused",
      path: () => requestPath("headers-refused"),
      ready: (page) => shown(page, "What to do"),
    },
    {
      name: "request-allowed",
      path: () => requestPath("allowed"),
      ready: (page) => shown(page, /may read the response/),
    },
    { name: "policy", path: () => "/policy", ready: (page) => page.locator(".matrix td").first().waitFor() },
    { name: "try-it", path: () => "/try", ready: (page) => shown(page, "The preflight") },
    {
      name: "explain",
      path: () => "/explain",
      async ready(page) {
        await page.getByRole("button", { name: "Chrome" }).click();
        await shown(page, "Who can fix it");
      },
    },
  ];
  const walks = views.flatMap((view) => looks.map(([look, options]) => [view.name, look, view, options] as const));

  test.each(walks)("%s, %s", async (name, look, view, options) => {
    const watched = await openWatched(browser, new URL(await view.path(), demo.admin), options);
    const { page } = watched;
    await view.ready(page);
    await page.evaluate(() => document.fonts.ready);
    const violations = await axeViolations(page);
    const shift = await watched.layoutShift();
    figures.push({ view: name, look, violations: violations.length, shift, scriptBytes: await scriptBytes(page) });
    expect.soft(violations, "axe").toEqual([]);
    expect.soft(shift, "layout shift").toBeLessThan(0.02);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, "nothing scrolls sideways").toBeLessThanOrEqual(0);
    await page.screenshot({ path: `${folder}${name}-${look}.png`, fullPage: true });
    expect.soft(watched.complaints).toEqual([]);
    await watched.close();
  });

  test.each(views.map((view) => [view.name, view] as const))(
    "%s stands still while its answers come one after another",
    async (_, view) => {
      const answered = new Set<string>();
      const watched = await openWatched(
        browser,
        new URL(await view.path(), demo.admin),
        { ...screens.phone, colorScheme: "dark" },
        async (page) => {
          await page.route("**/api/**", async (route) => {
            answered.add(new URL(route.request().url()).pathname);
            await delay(250 * answered.size);
            // The page may have gone meanwhile.
            await route.continue().catch(() => {});
          });
        },
      );
      await view.ready(watched.page);
      await watched.page.waitForTimeout(500);
      expect(await watched.layoutShift()).toBeLessThan(0.01);
      await watched.close();
    },
  );

  test("the landing view is painted with less than 100 kB of script, compressed", async () => {
    const watched = await openWatched(browser, demo.admin);
    await watched.page.locator(".time-chart canvas").waitFor();
    const total = await scriptBytes(watched.page);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThan(100_000);
    await watched.close();
  });
});
