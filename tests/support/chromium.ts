import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from "playwright-core";

/** Debian's Chromium, the one that the tests drive. */
export const chromiumPath = "/usr/bin/chromium";

/** What {@link launchChromium} and {@link openVisitor} can be told. */
export interface ChromiumOptions {
  /** Names that stand for this machine, as `--host-resolver-rules` takes them: `["MAP app.example 127.0.0.1"]`. Default none. */
  readonly hostRules?: readonly string[];
}

/**
 * Starts a headless Chromium with a profile folder of its own, which playwright removes on `close()`.
 * We switch nothing off that has to do with CORS, cookies or sites: the browser must judge as a visitor's does.
 */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  return await chromium.launch(launchOptions(options));
}

/** A browser of one visitor's own. */
export interface Visitor {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/**
 * A visitor whose browser carries third-party cookies: the case in which a permissive API does the most harm. Debian's Chromium blocks
 * them by default, and only a profile's preferences say otherwise, so this is a browser of its own.
 */
export async function openVisitor(options: ChromiumOptions = {}): Promise<Visitor> {
  const profile = await mkdtemp(join(tmpdir(), "corsmith-visitor-"));
  await mkdir(join(profile, "Default"));
  // 0: nothing is blocked.
  const preferences = { profile: { cookie_controls_mode: 0 } };
  await writeFile(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(profile, launchOptions(options));
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function launchOptions({ hostRules = [] }: ChromiumOptions): LaunchOptions {
  return {
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
  };
}
