import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { askFromPage } from "../support/ask-from-page.ts";
import { type BlankPage, startBlankPage } from "../support/blank-page.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { requireProgram } from "../support/real-thing.ts";
import { allHosts } from "./hosts/all-hosts.ts";
import { plainSetup } from "./hosts/host.ts";
import type { Running } from "./support/listen.ts";

vi.spyOn(console, "error").mockImplementation(() => {});

/** A page on another origin: the same machine, but another host name, and so another site. */
describe.skipIf(!requireProgram(chromiumPath, "chromium"))("real Chromium", () => {
  let browser: Browser;
  let blank: BlankPage;
  beforeAll(async () => {
    blank = await startBlankPage();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await blank?.close();
  });

  async function openPage(host: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`http://${host}:${blank.port}/`);
    return page;
  }

  describe.each(allHosts.map((host) => [host.name, host] as const))("before %s", (_, host) => {
    let server: Running;
    let allowed: Page;
    let refused: Page;
    beforeAll(async () => {
      const policy = {
        allowOrigins: [`http://localhost:${blank.port}`],
        allowCredentials: true,
        allowMethods: ["PUT"],
      };
      server = await host.start(policy, plainSetup);
      [allowed, refused] = await Promise.all([openPage("localhost"), openPage("other.localhost")]);
    });
    afterAll(async () => {
      await Promise.all([allowed?.close(), refused?.close()]);
      await server?.close();
    });

    it.each([
      ["a thrown 500", "GET", "/thrown", 500],
      ["a rejected 500", "GET", "/rejected", 500],
      ["a 404 of the router", "GET", "/missing", 404],
      ["a 504", "GET", "/late", 504],
      ["a success that needs a preflight", "PUT", "/ok", 200],
      ["a 401 that needs a preflight", "PUT", "/private", 401],
      ["a stream", "GET", "/stream", 200],
    ])("S77: an allowed page reads %s, and a page that is refused does not", async (_name, method, path, status) => {
      const ask = { method, url: `http://127.0.0.1:${server.port}${path}`, credentials: "include" } as const;
      const seen = await askFromPage(allowed, ask);
      expect(seen).toMatchObject({ outcome: "readable", status });
      if (status === 500 || status === 404) expect(JSON.stringify(seen)).toMatch(/"body":("[^"]+|\{)/);
      expect(await askFromPage(refused, ask)).toMatchObject({ outcome: "refused" });
    });
  });
});
