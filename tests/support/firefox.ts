import { type Browser, launch } from "puppeteer-core";

/** Debian's Firefox, the one that the tests drive. */
export const firefoxPath = "/usr/bin/firefox-esr";

/** Starts a headless Firefox with a profile of its own, which goes away with it. It speaks WebDriver BiDi without a driver in between. */
export async function launchFirefox(): Promise<Browser> {
  return await launch({ browser: "firefox", executablePath: firefoxPath, headless: true, timeout: 60_000 });
}
