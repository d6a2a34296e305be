import { type Browser, chromium } from "playwright-core";

/** Debian's Chromium, the one that the tests drive. */
export const chromiumPath = "/usr/bin/chromium";

/** What {@link launchChromium} can be told. */
export interface ChromiumOptions {
  /** Names that stand for this machine, as `--host-resolver-rules` takes them: `["MAP app.example 127.0.0.1"]`. Default none. */
  readonly hostRules?: readonly string[];
}

/**
 * Starts a headless Chromium with a profile folder of its own, which playwright removes on `close()`.
 * We switch nothing off that has to do with CORS, cookies or sites: the browser must judge as a visitor's does.
 */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const hostRules = options.hostRules ?? [];
  return await chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    // Sandboxing needs a user other than root; the pages that it opens here are all our own.
    chromiumSandbox: false,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(hostRules.length === 0 ? [] : [`--host-resolver-rules=${hostRules.join(", ")}`]),
    ],
    timeout: 30_000,
  });
}
