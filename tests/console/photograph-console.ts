/**
 * Takes the pictures of the console that the documents show, on real traffic of the demo's pages. Run it with
 * `node --conditions=@corsmith/source tests/console/photograph-console.ts`.
 */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { buildConsole } from "../../tools/packages/build-console.ts";
import { launchChromium } from "../support/chromium.ts";
import { serveDemo } from "../support/corsmith-serve.ts";
import { pressEveryButton } from "./support/press-every-button.ts";

const pictures = fileURLToPath(new URL("../../docs/images/", import.meta.url));
process.stderr.write(buildConsole().output);
const [demo, browser] = await Promise.all([serveDemo(), launchChromium()]);
try {
  await pressEveryButton(browser, demo.allowedPage);
  await pressEveryButton(browser, demo.refusedPage);
  const page = await browser.newPage({ viewport: { width: 1280, height: 820 }, colorScheme: "light" });

  await page.goto(demo.admin.href);
  await page.locator(".time-chart canvas").waitFor();
  await page.screenshot({ path: `${pictures}console-now.png` });

  await page.goto(new URL("/requests?reason=headers-refused", demo.admin).href);
  await page.locator(".samples a").first().click();
  const exchange = page.locator(".timeline");
  await exchange.waitFor();
  await exchange.screenshot({ path: `${pictures}console-request.png` });
  process.stderr.write(`The pictures are in ${pictures}\n`);
} finally {
  await Promise.all([browser.close(), demo.stop()]);
}
