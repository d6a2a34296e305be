import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BlankPage, startBlankPage } from "../support/blank-page.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { type CorsmithServe, serveUpstream } from "../support/corsmith-serve.ts";
import { requireProgram } from "../support/real-thing.ts";

const policy = { allowOrigins: ["https://app.example.com"] };
// The attacker's page is on another site; the same name leads to this machine, so that it can try to be rebound.
const attacker = "attacker.example";

let browser: Browser;
let site: BlankPage;
let corsmith: CorsmithServe;
let admin: URL;
let page: Page;

describe.skipIf(!requireProgram(chromiumPath, "chromium"))(
  "a page on another site, in a real browser of the operator",
  () => {
    beforeAll(async () => {
      site = await startBlankPage();
      corsmith = await serveUpstream(new URL(`http://127.0.0.1:${site.port}`), policy);
      admin = new URL(String(/"admin":"([^"]+)"/.exec(corsmith.output())?.[1]));
      browser = await launchChromium({ hostRules: [`MAP ${attacker} 127.0.0.1`] });
      page = await browser.newPage();
      await page.goto(`http://${attacker}:${site.port}/`);
    });
    afterAll(async () => {
      await browser.close();
      await corsmith.stop();
      await site.close();
    });

    const inForce = async (): Promise<unknown> => await (await fetch(new URL("/api/policy", admin))).json();
    const adminFiles = async (): Promise<string> =>
      JSON.stringify(await (await fetch(new URL("/api/policy/source", admin))).json());

    test.each([
      ["a GET", { method: "GET" }],
      [
        "a POST as a form would send it",
        { method: "POST", mode: "no-cors", body: '{"text":"","base":"","confirm":true}' },
      ],
      ["a POST of JSON", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }],
      ["a DELETE", { method: "DELETE" }],
    ] as const)("reads nothing and changes nothing by %s", async (_, init) => {
      const before = [await inForce(), await adminFiles()];
      for (const path of [
        "/api/policy",
        "/api/policy/apply",
        "/api/policy/source",
        "/metrics",
        "/api/events",
        "/healthz",
      ]) {
        const seen = await page.evaluate(
          async ([url, request]) => {
            try {
              const response = await fetch(url, request as RequestInit);
              return response.type === "opaque" ? "nothing" : `read ${response.status}`;
            } catch {
              return "nothing";
            }
          },
          [new URL(path, admin).href, init] as const,
        );
        expect(seen, path).toBe("nothing");
      }
      expect([await inForce(), await adminFiles()]).toEqual(before);
    });

    test("submits a form, and changes nothing", async () => {
      const before = await adminFiles();
      const victim = await browser.newPage();
      await victim.goto(`http://${attacker}:${site.port}/`);
      const [answer] = await Promise.all([
        victim.waitForResponse((response) => response.url().includes("/api/policy/apply")),
        victim.evaluate((action) => {
          const form = document.createElement("form");
          Object.assign(form, { method: "post", action, enctype: "text/plain" });
          const field = document.createElement("input");
          Object.assign(field, {
            name: '{"text":"policy: {allowOrigins: [https://evil.example]}","base":"',
            value: '","confirm":true}',
          });
          form.append(field);
          document.body.append(form);
          form.submit();
        }, new URL("/api/policy/apply", admin).href),
      ]);
      expect(answer.status()).toBe(403);
      expect(await adminFiles()).toBe(before);
      await victim.close();
    });

    test("hears no live events", async () => {
      const heard = await page.evaluate(
        async (url) =>
          await new Promise<string>((resolve) => {
            const source = new EventSource(url);
            source.onopen = () => resolve("opened");
            source.onerror = () => resolve("refused");
          }),
        new URL("/api/events", admin).href,
      );
      expect(heard).toBe("refused");
    });

    test("shows it in no frame, and keeps no handle on it", async () => {
      for (const path of ["/", "/api/reference", "/api/policy"]) {
        const response = await fetch(new URL(path, admin));
        expect(response.headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
        expect(response.headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
      }
      await page.evaluate(async (src) => {
        const frame = document.createElement("iframe");
        frame.src = src;
        await new Promise((resolve) => {
          frame.onload = resolve;
          document.body.append(frame);
        });
      }, admin.href);
      const framed = (): string | undefined =>
        page
          .frames()
          .find((each) => each !== page.mainFrame())
          ?.url();
      // Chromium puts its own error page there.
      await expect.poll(framed).toMatch(/^chrome-error:/);
    });

    test("is refused when its own name has been rebound to this machine", async () => {
      const rebound = await browser.newPage();
      for (const path of ["/", "/api/policy", "/api/reference", "/metrics"]) {
        const response = await rebound.goto(`http://${attacker}:${admin.port}${path}`);
        expect(response?.status(), path).toBe(403);
        expect(await rebound.content()).not.toContain("app.example.com");
      }
      await rebound.close();
    });

    test("may link to the console, which then opens", async () => {
      const visitor = await browser.newPage();
      await visitor.goto(`http://${attacker}:${site.port}/`);
      await visitor.evaluate((href) => {
        const link = document.createElement("a");
        link.href = href;
        link.textContent = "The console";
        document.body.append(link);
      }, admin.href);
      const [response] = await Promise.all([visitor.waitForNavigation(), visitor.getByText("The console").click()]);
      expect(response?.status()).toBe(200);
      await visitor.close();
    });
  },
);

describe.skipIf(!requireProgram(chromiumPath, "chromium"))("the reference of the API, in a real browser", () => {
  test("shows every call, tries one, asks no other site and breaks no rule of its own policy", async () => {
    const upstream = await startBlankPage();
    const served = await serveUpstream(new URL(`http://127.0.0.1:${upstream.port}`), policy);
    const chromium = await launchChromium();
    try {
      const at = new URL(String(/"admin":"([^"]+)"/.exec(served.output())?.[1]));
      const context = await chromium.newContext({ viewport: { width: 1280, height: 900 } });
      const reference = await context.newPage();
      const faults: string[] = [];
      reference.on("console", (message) => message.type() === "error" && faults.push(message.text()));
      reference.on("pageerror", (error) => faults.push(error.message));
      reference.on(
        "request",
        (request) =>
          new URL(request.url()).origin !== at.origin &&
          !request.url().startsWith("data:") &&
          faults.push(request.url()),
      );
      await reference.goto(new URL("/api/reference", at).href);
      await reference.getByText("/api/policy/versions/{id}/roll-back").waitFor();
      await reference.getByText("Health and status of the program", { exact: true }).first().click();
      await reference.getByRole("button", { name: "Execute" }).click();
      await reference.locator(".live-responses-table .response-col_status").getByText("200").first().waitFor();
      await reference.screenshot({ path: join(artifacts(), "api-reference.png") });
      await reference.setViewportSize({ width: 390, height: 844 });
      await reference.screenshot({ path: join(artifacts(), "api-reference-phone.png") });
      expect(faults).toEqual([]);
    } finally {
      await chromium.close();
      await served.stop();
      await upstream.close();
    }
  }, 60_000);
});

function artifacts(): string {
  return fileURLToPath(new URL("../../artifacts/", import.meta.url));
}
