import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildConsole } from "../../tools/packages/build-console.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { type CorsmithServe, serveConfiguration, serveConsole } from "../support/corsmith-serve.ts";
import { requireProgram } from "../support/real-thing.ts";
import { axeViolations } from "./support/axe.ts";
import { openWatched, type WatchedPage } from "./support/watched-page.ts";

const folder = fileURLToPath(new URL("../../artifacts/console/", import.meta.url));
const app = "https://app.example.com";
const partner = "https://partner.example.net";
const configuration = `# Kept by hand.
policy:
  allowOrigins:
    - ${app} # the app
  allowCredentials: true
  allowMethods: [PUT]
`;

describe.skipIf(!requireProgram(chromiumPath, "chromium"))("the console, used", () => {
  let upstream: Server;
  let corsmith: CorsmithServe;
  let browser: Browser;

  beforeAll(async () => {
    expect(buildConsole().output).toBe("");
    upstream = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
    await new Promise((resolve) => upstream.once("listening", resolve));
    const url = new URL(`http://127.0.0.1:${(upstream.address() as AddressInfo).port}`);
    [corsmith, browser] = await Promise.all([serveConfiguration(url, configuration), launchChromium()]);
  });

  afterAll(async () => {
    await browser?.close();
    await corsmith?.stop();
    upstream?.close();
  });

  const open = (path: string): Promise<WatchedPage> => openWatched(browser, new URL(path, corsmith.admin));

  /** A preflight as a browser would send it: what does the gateway really say? */
  async function preflightStatus(origin: string): Promise<number> {
    const { status } = await fetch(new URL("/orders", corsmith.url), {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "PUT" },
    });
    return status;
  }

  test("says what to do while nobody has called", async () => {
    const { page, close } = await open("/");
    await page.getByText("No traffic yet").waitFor();
    expect(await page.locator("pre").textContent()).toContain(`curl -i -H 'Origin: `);
    expect(await axeViolations(page)).toEqual([]);
    await close();
  });

  test("shows a request as it happens, and its exchange with the header that refused", async () => {
    const { page, complaints, layoutShift, close } = await open("/requests");
    await page.getByText("Nothing was refused").waitFor();
    expect(await preflightStatus(partner)).toBe(403);
    const row = page.getByRole("row").filter({ hasText: partner });
    await row.waitFor({ timeout: 15_000 });
    await expect.poll(() => preflightStatus("https://second.example.net")).toBe(403);
    await page.getByRole("row").filter({ hasText: "second.example.net" }).waitFor({ timeout: 15_000 });
    expect(await layoutShift(), "rows come in without moving the others").toBeLessThan(0.1);
    await row.getByRole("link").first().click();
    await page.getByRole("heading", { name: "Blocked: the script cannot read the response" }).waitFor();
    const missing = await page.locator(".http-missing").textContent();
    expect(missing).toContain("Access-Control-Allow-Origin: missing");
    await page.getByText("The same with curl").click();
    expect(await page.locator(".curl pre").textContent()).toContain(`-H 'Origin: ${partner}'`);
    expect(complaints).toEqual([]);
    await close();
  });

  test("proposes to allow an origin, applies it when confirmed, and rolls it back", async () => {
    expect(await preflightStatus(partner)).toBe(403);
    const { page, complaints, close } = await open("/origins");
    await page.getByRole("searchbox").fill("partner");
    await page.getByRole("link", { name: partner }).click();
    await page.getByRole("link", { name: "Draft a policy change: allow this origin" }).click();
    await page.getByText(`Proposed: allow ${partner}`).waitFor();
    await page.getByRole("heading", { name: "What this changes" }).waitFor();
    expect(await page.locator(".diff-lines [data-kind=added]").first().textContent()).toContain(partner);
    expect(await preflightStatus(partner), "a proposal changes nothing").toBe(403);

    await page.getByRole("button", { name: "Apply…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Comment").fill("The partner went live.");
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Apply", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("cell", { name: "The partner went live." }).waitFor();
    expect(await preflightStatus(partner)).toBe(204);
    expect(await page.locator(".cm-content").textContent(), "comments stay").toContain("# the app");

    await page.getByRole("button", { name: "View or roll back…" }).last().click();
    await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await expect.poll(() => preflightStatus(partner), { timeout: 10_000 }).toBe(403);
    expect(complaints).toEqual([]);
    await close();
  });

  test("proposes what a refused preflight lacks", async () => {
    await fetch(new URL("/orders", corsmith.url), {
      method: "OPTIONS",
      headers: { origin: app, "access-control-request-method": "PUT", "access-control-request-headers": "x-trace" },
    });
    const { page, close } = await open("/requests?reason=headers-refused");
    await page.getByRole("row").filter({ hasText: "x-trace" }).getByRole("link").first().click();
    await page.getByRole("link", { name: "Draft a policy change: allow x-trace" }).click();
    await page.getByText("Proposed: allow x-trace").waitFor();
    await page.getByRole("heading", { name: "What this changes" }).waitFor();
    expect(await page.locator(".diff-lines [data-kind=added]").allTextContents()).toContainEqual(
      expect.stringContaining("x-trace"),
    );
    await close();
  });

  test("finds mistakes while they are written, and completes what is begun", async () => {
    const { page, complaints, close } = await open("/policy");
    const editor = page.locator(".cm-content");
    await editor.click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("  exposeHead");
    await page.locator(".cm-tooltip-autocomplete").getByText("exposeHeaders", { exact: true }).waitFor();
    // An Enter that comes with the list is meant for the text, so the editor lets it pass for a moment.
    await page.waitForTimeout(300);
    await page.keyboard.press("Enter");
    await page.keyboard.type("[x y]");
    await page.getByText(/1 finding/).waitFor();
    await page.locator(".cm-finding-error").waitFor();
    expect(await page.locator(".findings li").textContent()).toMatch(/^Line 7: .*Fix: /);
    expect(await page.getByRole("button", { name: "Apply…" }).getAttribute("aria-disabled")).toBe("true");
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  test("underlines what each finding is about, and says it to the pointer, the keyboard and a screen reader", async () => {
    const { page, complaints, close } = await open("/policy");
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("  maxAge: 999999\n  exposeHeaders: [x-total, 'x y']\n  alowHeaders: [x-trace]\n");
    await page.getByText("3 findings").waitFor();
    const marks = page.locator(".cm-finding-range");
    expect(await marks.allTextContents()).toEqual(["999999", "'x y'", "alowHeaders"]);
    const line = await marks.first().evaluate((mark) => getComputedStyle(mark).textDecorationLine);
    expect(line).toBe("underline");
    expect(await page.locator(".cm-content").getAttribute("aria-invalid")).toBe("true");

    const tip = page.locator(".cm-finding-tip");
    await marks.first().hover();
    await tip.getByText("86400").first().waitFor();
    await page.screenshot({ path: `${folder}finding-hover.png` });
    await page.mouse.move(0, 0);
    await tip.waitFor({ state: "hidden" });

    await page.keyboard.press("Control+Home");
    const selected = () => page.evaluate(() => String(getSelection()));
    const announced = page.locator(".cm-announced");
    await page.keyboard.press("F8");
    expect(await selected()).toBe("999999");
    await tip.getByText("86400").first().waitFor();
    expect(await announced.textContent()).toMatch(/^Finding 1 of 3, line 7, error: .*86400.*Fix: /);
    expect(await axeViolations(page)).toEqual([]);
    await page.screenshot({ path: `${folder}finding-key.png` });
    await page.keyboard.press("Escape");
    await tip.waitFor({ state: "hidden" });
    await page.keyboard.press("F8");
    expect(await selected()).toBe("'x y'");
    await page.keyboard.press("F8");
    await page.keyboard.press("F8");
    expect(await selected(), "round about").toBe("999999");
    await page.keyboard.press("Shift+F8");
    expect(await selected()).toBe("alowHeaders");
    expect(await announced.textContent()).toContain("Finding 3 of 3");

    await page.getByRole("button", { name: "Line 8" }).click();
    // The list leads to it, too.
    await expect.poll(selected).toBe("'x y'");
    await page.keyboard.type("x-pages");
    await page.getByText("2 findings").waitFor();
    await expect.poll(() => marks.allTextContents()).toEqual(["999999", "alowHeaders"]);
    expect(complaints).toEqual([]);
    await close();
  });

  test("explains a pasted error without sending anything", async () => {
    const { page, close } = await open("/explain");
    await page.getByText("Paste an error message to begin").waitFor();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page
      .getByRole("textbox")
      .fill(
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/me?token=31. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 401.",
      );
    await page.getByRole("heading", { name: "Who can fix it" }).waitFor();
    expect(await page.locator("main").textContent()).not.toContain("token=31");
    expect(requests).toEqual([]);
    await close();
  });

  test("plays a request through, and its link holds no secret", async () => {
    const { page, close } = await open("/try");
    await page.getByRole("heading", { name: "The script may read the response" }).waitFor();
    await page.getByLabel("Method", { exact: true }).selectOption("DELETE");
    await page.getByText("Never sent: ").waitFor();
    expect(await page.locator("[data-mark=true]").first().textContent()).toContain("Access-Control-Allow-Methods: PUT");
    await page.getByLabel("Request URL").fill("https://me:pw@api.example.com/orders?key=31");
    await page.getByRole("button", { name: "Add header" }).click();
    await page.getByLabel("Name of header 2").fill("Authorization");
    await page.getByLabel("Value of header 2").fill("Bearer 31");
    await page.evaluate(() => {
      Object.assign(window, { copied: "" });
      navigator.clipboard.writeText = async (text) => {
        Object.assign(window, { copied: text });
      };
    });
    await page.getByRole("button", { name: "Copy a link to this request" }).click();
    const link = new URL(await page.evaluate(() => (window as unknown as { copied: string }).copied));
    const shared = new URLSearchParams(link.hash.slice(1));
    expect(link.search).toBe("");
    expect(shared.get("url")).toBe("https://api.example.com/orders");
    expect(shared.getAll("header")).toEqual(["Content-Type: application/json", "Authorization:"]);
    await close();

    const reader = await open(`/try${link.hash}`);
    await reader.page.getByText("Never sent: ").waitFor();
    expect(await reader.page.getByLabel("Name of header 2").inputValue()).toBe("Authorization");
    await reader.close();
  });

  test("asks the active policy at the path of the URL", async () => {
    const question = new URLSearchParams({
      origin: app,
      url: `${corsmith.url}orders`,
      method: "PUT",
      against: "in-force",
    });
    const { page, close } = await open(`/try#${question}`);
    await page.getByRole("heading", { name: "The script may read the response" }).waitFor();
    await page.getByLabel("Page", { exact: true }).fill("https://stranger.example");
    await page.getByText("Never sent: ").waitFor();
    await close();
  });

  test("asks the live API when told to, and not before", async () => {
    const question = new URLSearchParams({
      origin: app,
      url: `${corsmith.url}orders`,
      method: "PATCH",
      against: "live",
    });
    const { page, complaints, close } = await open(`/try#${question}`);
    await page.getByText("Nothing has been sent yet.").waitFor();
    await page.getByRole("button", { name: "Send to the live API" }).click();
    await page.getByText("Never sent: ").waitFor();
    await page
      .locator(".story")
      .getByText(/^Blocked: /)
      .waitFor();
    expect(await page.locator(".engine-verdict").allTextContents()).toEqual(Array(4).fill(" blocked"));
    expect(complaints).toEqual([]);
    await close();
  });

  test("is used by keyboard alone", async () => {
    const { page, close } = await open("/explain");
    await page.getByRole("textbox").waitFor();
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to content");
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.getByRole("heading", { name: "Will it CORS?" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type("g");
    expect(await page.getByLabel("Page", { exact: true }).inputValue(), "in a field letters are letters").toMatch(/g$/);
    await close();
  });

  test("keeps the theme that was chosen", async () => {
    const { page, close } = await open("/explain");
    await page.getByText("Dark", { exact: true }).click();
    const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await colour();
    await page.reload();
    await page.getByRole("textbox").waitFor();
    expect(await colour()).toBe(dark);
    await page.getByText("Light", { exact: true }).click();
    expect(await colour()).not.toBe(dark);
    await close();
  });

  test("says so when the server is gone, and continues when it is back", async () => {
    const { page, close } = await open("/origins");
    await page.getByRole("searchbox").waitFor();
    await page.context().setOffline(true);
    await page.getByRole("searchbox").fill("x");
    await page.getByText("Cannot reach Corsmith").waitFor();
    await page.context().setOffline(false);
    await page.getByRole("searchbox").fill("part");
    await page.getByRole("link", { name: partner }).waitFor();
    await close();
  });

  test("shows text of clients as text", async () => {
    const hostile = "https://<img src=x onerror=alert(1)>.example";
    await fetch(new URL("/orders", corsmith.url), { headers: { origin: hostile } });
    const { page, complaints, close } = await open("/origins?search=img");
    const found = page.getByRole("row").filter({ hasText: "onerror" });
    await found.waitFor({ timeout: 15_000 });
    expect(await page.locator("main img").count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  test("shows where there is no policy, and what a change of that means", async () => {
    const url = new URL(`http://127.0.0.1:${(upstream.address() as AddressInfo).port}`);
    const other = await serveConfiguration(url, `${configuration}routes:\n  - path: /auth\n    policy: false\n`);
    const { page, complaints, close } = await openWatched(browser, new URL("/policy", other.admin));
    await page.locator(".cm-content").getByText("policy: false").waitFor();
    await page.getByLabel("Path").fill("/auth/login");
    await page.getByText("/auth has no policy").waitFor();
    expect(await page.locator(".matrix").count()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel("Path").fill("/orders");
    await page.locator(".matrix").waitFor();

    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("  - path: /login\npolicy: false\n");
    await page.getByText("/login: no policy afterwards").first().waitFor();
    await page.getByText("What pages can do changes where the API decides.").first().waitFor();
    expect(complaints).toEqual([]);
    await close();

    const asked = new URLSearchParams({ origin: app, url: "https://api.example.com/auth", against: "in-force" });
    const tried = await openWatched(browser, new URL(`/try#${asked}`, other.admin));
    await tried.page.getByText("There is no policy at /auth").waitFor();
    await tried.close();
    await other.stop();
  }, 60_000);

  test("asks for the token that its server requires, and waits for servers that report", async () => {
    const token = "a-token-of-these-tests-0123456789";
    const alone = await serveConsole({ CORSMITH_ADMIN_TOKEN: token });
    const { page, complaints, close } = await openWatched(browser, new URL("/requests", alone.admin));
    await page.getByText("This server requires a token").waitFor();
    expect(await axeViolations(page)).toEqual([]);
    const attempts: string[] = [];
    page.on("request", (request) => attempts.push(request.headers()["authorization"] ?? ""));
    await page.getByLabel("Token").fill("a-token-that-is-another-one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Wrong token").waitFor();
    // Longer than the views take to ask anew, where they may.
    await page.waitForTimeout(6_000);
    const wrong = attempts.filter((authorization) => authorization.includes("another-one")).length;
    expect(wrong, "a wrong token is not tried for ever").toBeLessThan(10);
    await page.getByLabel("Token").fill(token);
    const stream = page.waitForResponse((response) => response.url().endsWith("/api/events") && response.ok());
    await page.getByRole("button", { name: "Sign in" }).click();
    await stream;
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByText("This console shows what your servers report").waitFor();
    await page.getByRole("link", { name: "Policy" }).click();
    await page.getByText("No policy is active here").waitFor();
    expect(complaints).toEqual([]);
    await close();
    await alone.stop();
  }, 60_000);

  test("the watching itself sees what is wrong", async () => {
    const { page, complaints, close } = await open("/explain");
    await page.getByRole("textbox").waitFor();
    await page.evaluate(() => {
      const image = document.createElement("img");
      image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
      document.querySelector("main")?.prepend(image);
      const script = document.createElement("script");
      script.textContent = "document.title = 'owned'";
      document.body.append(script);
    });
    await expect.poll(() => complaints.length).toBeGreaterThan(0);
    expect(complaints.join()).toMatch(/script-src/);
    expect(await page.title()).not.toBe("owned");
    expect((await axeViolations(page)).join()).toMatch(/image-alt/);
    await close();
  });
});

function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.textContent);
}
