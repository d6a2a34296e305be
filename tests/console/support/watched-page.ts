import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A page of the console, with everything written down that must not happen. */
export interface WatchedPage {
  readonly page: Page;
  /** Broken rules of the page's policy, errors in its scripts, and requests to anywhere but its own server. */
  readonly complaints: readonly string[];
  /** How far things moved by themselves since the page was opened. */
  layoutShift(): Promise<number>;
  close(): Promise<void>;
}

/** The widths at which the console is looked at. */
export const screens = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
} as const satisfies Readonly<Record<string, BrowserContextOptions>>;

/** Opens a path of the console and watches it. @param prepare what is to be done before */
export async function openWatched(
  browser: Browser,
  address: URL,
  options: BrowserContextOptions = screens.desktop,
  prepare?: (page: Page) => Promise<void>,
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (/content security policy|trusted type/i.test(message.text())) complaints.push(`policy: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== address.origin) complaints.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) shifts.sum += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await prepare?.(page);
  await page.goto(address.href);
  return {
    page,
    complaints,
    layoutShift: () => page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum),
    close: () => context.close(),
  };
}
