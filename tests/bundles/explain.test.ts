import { beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { requireProgram } from "../support/real-thing.ts";
import { type Bundle, bundlePart } from "./bundle-adapter.ts";

describe("the catalogue of failures in a page", () => {
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundlePart("explain/index.ts");
    console.info(`explain: ${bundle.bytes} bytes minified, ${bundle.gzipBytes} gzipped`);
  });

  test("is itself, a reading of URLs, tests of hosts and names, and a search for the nearest code: below 33.3 kB, minified and gzipped", () => {
    const own =
      /^(?:explain|failures)\/|^http\/(?:parse-url|header-names|methods)\.ts$|^origin\/host\.ts$|^policy\/nearest-name\.ts$/;
    expect(bundle.modules.filter((path) => !own.test(path))).toEqual([]);
    expect(bundle.imports).toEqual([]);
    expect(bundle.gzipBytes).toBeLessThan(33_300);
  });

  test.skipIf(!requireProgram(chromiumPath, "chromium"))("runs in a tab, without a network", async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.context().setOffline(true);
      const address = `data:text/javascript;base64,${Buffer.from(bundle.code).toString("base64")}`;
      const message = "Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.";
      const code = await page.evaluate(
        `import(${JSON.stringify(address)}).then(({ explain }) => explain(${JSON.stringify(message)}).matches[0].code)`,
      );
      expect(code).toBe("method-not-allowed");
    } finally {
      await browser.close();
    }
  });
});

test("the simulator's bundle holds the short fixes, and drops the explanations", async () => {
  const { code } = await bundlePart("browser/index.ts");
  expect(code).toContain("The server names the method in Access-Control-Allow-Methods, in the same case.");
  for (const words of ["The method is not in Access-Control-Allow-Methods", "CORSMethodNotFound"])
    expect(code).not.toContain(words);
});
