import { mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildConsole } from "../../tools/packages/build-console.ts";
import { askFromPage } from "../support/ask-from-page.ts";
import { type BlankPage, startBlankPage } from "../support/blank-page.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { type CorsmithServe, serveConfiguration } from "../support/corsmith-serve.ts";
import { type Postgres, postgresPackage, postgresProgram, startPostgres } from "../support/postgres.ts";
import { requireProgram } from "../support/real-thing.ts";
import { axeViolations } from "./support/axe.ts";
import { openWatched, screens } from "./support/watched-page.ts";

const folder = fileURLToPath(new URL("../../artifacts/console/", import.meta.url));
const programs = [requireProgram(postgresProgram, postgresPackage), requireProgram(chromiumPath, "chromium")];

/** A gateway, the origin of the page that its policy allows, and that page. */
interface Place {
  readonly gateway: CorsmithServe;
  readonly name: string;
  readonly origin: string;
  readonly page: Page;
}

describe.skipIf(programs.includes(false))("two gateways that share a PostgreSQL, in the console of either", () => {
  let database: Postgres;
  let upstream: Server;
  let browser: Browser;
  let blank: BlankPage;
  let places: readonly [Place, Place];

  beforeAll(async () => {
    expect(buildConsole().output).toBe("");
    mkdirSync(folder, { recursive: true });
    upstream = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
    [database, browser, blank] = await Promise.all([startPostgres(), launchChromium(), startBlankPage()]);
    const first = await openPlace("localhost");
    places = [first, await openPlace("127.0.0.1")];
  });

  afterAll(async () => {
    await browser?.close();
    for (const { gateway } of places ?? []) await gateway.stop();
    upstream?.close();
    await blank?.close();
    await database?.[Symbol.asyncDispose]();
  });

  async function openPlace(host: string): Promise<Place> {
    const origin = `http://${host}:${blank.port}`;
    const policy = `policy:\n  allowOrigins: ["${origin}"]\n  allowMethods: [PUT]\n`;
    const api = new URL(`http://127.0.0.1:${(upstream.address() as AddressInfo).port}`);
    const gateway = await serveConfiguration(api, `journal: ${database.url}\n${policy}`);
    const page = await browser.newPage();
    await page.goto(origin);
    return { gateway, name: `${hostname()}:${gateway.url.port}`, origin, page };
  }

  /** What a page of the place asks the gateway for: it is allowed by its own gateway and refused by the other one. */
  const ask = ({ page }: Place, { gateway }: Place, path: string) =>
    askFromPage(page, { method: "PUT", url: new URL(path, gateway.url).href, credentials: "omit" });
  const consoleOf = ({ gateway }: Place, path: string, options = {}) =>
    openWatched(browser, new URL(path, gateway.admin), { ...screens.desktop, ...options });
  /** From here on the list itself is not answered: what comes in comes by the stream. Returns what lets it be answered again. */
  const holdLists = async (pages: readonly Page[]): Promise<() => void> => {
    const released = Promise.withResolvers<void>();
    for (const page of pages) {
      await page.route("**/api/decisions/samples?*", async (route) => {
        await released.promise;
        await route.continue();
      });
    }
    return released.resolve;
  };
  /** Each begins to follow the other when somebody looks; what came before is in the list. */
  const follows = (page: Page, { gateway, origin }: Place): Promise<void> =>
    expect
      .poll(
        async () => {
          await fetch(new URL("/follows", gateway.url), { headers: { origin } });
          return await page.getByRole("row").filter({ hasText: "/follows" }).filter({ hasText: origin }).count();
        },
        { timeout: 15_000, interval: 1_000 },
      )
      .toBeGreaterThan(0);
  const allowedBy = async ({ gateway }: Place): Promise<number> => {
    const answer = await fetch(new URL("/api/decisions/overview", gateway.admin));
    const { allowed }: { allowed: number } = await answer.json();
    return allowed;
  };

  test("requests at each come in on both, once, without a reload, with the gateway that decided", async () => {
    const [one, other] = places;
    const watched = await Promise.all(places.map((place) => consoleOf(place, "/requests")));
    for (const { page } of watched) await page.getByText("Nothing was refused").waitFor();
    const pages = watched.map(({ page }) => page);
    const release = await holdLists(pages);
    for (const [place, { page }] of watched.entries()) await follows(page, places[1 - place] ?? one);
    expect(await ask(one, one, "/at-one")).toMatchObject({ outcome: "readable", status: 200 });
    expect(await ask(other, other, "/at-other")).toMatchObject({ outcome: "readable", status: 200 });
    expect(await ask(one, other, "/refused-by-other")).toMatchObject({ outcome: "refused" });
    for (const page of pages) {
      const row = (path: string) => page.getByRole("row").filter({ hasText: `PUT ${path} preflight` });
      await row("/at-one").filter({ hasText: one.name }).waitFor();
      await row("/at-other").filter({ hasText: other.name }).waitFor();
      await row("/refused-by-other").filter({ hasText: other.name }).waitFor();
    }
    const lists = pages.map((page) => page.waitForResponse(/\/api\/decisions\/samples\?/));
    release();
    await Promise.all(lists);
    for (const page of pages) {
      const row = (path: string) => page.getByRole("row").filter({ hasText: `PUT ${path} preflight` });
      // What came live and what is kept are one.
      await page.waitForTimeout(300);
      for (const path of ["/at-one", "/at-other", "/refused-by-other"]) expect(await row(path).count()).toBe(1);
      expect(await page.getByRole("row").filter({ hasText: "PUT /at-" }).count()).toBe(4);
    }
    for (const [place, { page, complaints, close }] of watched.entries()) {
      await page.screenshot({ path: `${folder}fleet-requests-${place + 1}.png`, fullPage: true });
      expect(await axeViolations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    }
  });

  test("the live events of each tell what the other decides, as often as it happened", async () => {
    const [one, other] = places;
    const watched = await consoleOf(one, "/");
    await watched.page.getByText("Requests per second").waitFor();
    const stop = new AbortController();
    const seen = { "this-gateway": 0, "other-gateways": 0 };
    const reading = (async () => {
      const stream = await fetch(new URL("/api/events", one.gateway.admin), { signal: stop.signal });
      let text = "";
      for await (const chunk of (stream.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
        const lines = (text + chunk).split("\n");
        text = lines.pop() ?? "";
        for (const line of lines.filter((each) => each.startsWith("data: "))) {
          const event = JSON.parse(line.slice(6)) as {
            decidedBy: keyof typeof seen;
            counts: { decisions: number };
          };
          seen[event.decidedBy] += event.counts.decisions;
        }
      }
    })().catch(() => {});
    // The first look at the others is where it begins.
    await watched.page.waitForTimeout(2_500);
    const before = { ...seen };
    // Few enough that each stays in the sample of its minute.
    for (let round = 0; round < 6; round += 1) {
      await fetch(new URL("/counted", one.gateway.url), { headers: { origin: one.origin } });
      await fetch(new URL("/counted", other.gateway.url), { headers: { origin: other.origin } });
    }
    await expect
      .poll(() => [seen["this-gateway"] - before["this-gateway"], seen["other-gateways"] - before["other-gateways"]], {
        timeout: 10_000,
      })
      .toEqual([6, 6]);
    const live = watched.page.locator(".figure").first().locator(".figure-value");
    await expect.poll(async () => Number(await live.textContent()), { timeout: 10_000 }).toBeGreaterThanOrEqual(1);
    // What is over is not shown as now.
    await expect.poll(async () => Number(await live.textContent()), { timeout: 20_000 }).toBe(0);
    stop.abort();
    await reading;
    await watched.close();
  }, 60_000);

  test.each([0, 1])("Overview, Origins, a request and the policy, at gateway %i", async (number) => {
    const place = places[number] ?? places[0];
    const foreign = places[1 - number] ?? places[1];
    const allowed = await allowedBy(foreign);
    expect(allowed, "4 of pages, 12 counted, and those that were to be followed").toBeGreaterThan(17);
    const { page, complaints, close } = await consoleOf(place, "/");
    const visit = (path: string) => page.goto(new URL(path, place.gateway.admin).href);
    await page.locator(".time-chart canvas").waitFor();
    const gateways = page.getByRole("region", { name: "Gateways" });
    await gateways.getByText(`${place.name} this one`).waitFor();
    await gateways.getByText(foreign.name).waitFor();
    expect(await gateways.getByText("Running").count()).toBe(2);
    const figure = (name: string) =>
      page
        .locator(".figure")
        .filter({ has: page.getByRole("link", { name }) })
        .locator(".figure-value");
    expect(Number(await figure("Refused").textContent())).toBe(1);
    expect(Number(await figure("Allowed").textContent())).toBe(allowed);
    await page.screenshot({ path: `${folder}fleet-overview-${number + 1}.png`, fullPage: true });

    await visit("/origins");
    for (const { origin } of places) await page.getByRole("link", { name: origin }).waitFor();

    await visit("/requests");
    const row = page.getByRole("row").filter({ hasText: "PUT /refused-by-other preflight" });
    await row.getByRole("link").first().click();
    await page.getByRole("heading", { name: "Blocked: the script cannot read the response" }).waitFor();
    const [, decider] = places;
    await page.getByRole("definition").filter({ hasText: decider.name }).waitFor();
    const proposes = page.getByRole("link", { name: "Draft a policy change: allow this origin" });
    expect(await proposes.count(), "it is the other's policy").toBe(place === decider ? 1 : 0);
    await page.screenshot({ path: `${folder}fleet-request-${number + 1}.png`, fullPage: true });

    await visit("/policy");
    await page.getByText(`This is the policy of the gateway ${place.name}`).waitFor();
    await page.locator(".matrix td").first().waitFor();
    expect(await page.locator(".cm-content").textContent()).toContain(place.origin);
    const versions = page.getByRole("region", { name: "Versions" }).getByRole("row");
    await versions.filter({ hasText: place.name }).filter({ hasText: "active" }).waitFor();
    await versions.filter({ hasText: foreign.name }).getByRole("button").click();
    await page.getByRole("heading", { name: `of ${foreign.name} here?` }).waitFor();
    await page.keyboard.press("Escape");
    await page.screenshot({ path: `${folder}fleet-policy-${number + 1}.png`, fullPage: true });
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  test("whether they enforce the same policy is seen at either", async () => {
    const [one, other] = places;
    const source = async ({ gateway }: Place): Promise<{ text: string; base: string }> =>
      (await fetch(new URL("/api/policy/source", gateway.admin))).json();
    const apply = async (place: Place, text: string): Promise<number> => {
      const { base } = await source(place);
      const body = JSON.stringify({ text, base, confirm: true });
      const headers = { "content-type": "application/json" };
      return (await fetch(new URL("/api/policy/apply", place.gateway.admin), { method: "POST", headers, body })).status;
    };
    const says = async (place: Place, now: string, beside: string): Promise<void> => {
      const { page, close } = await consoleOf(place, "/");
      // The other one says it within a second or two, and what stands here is asked for every 15.
      await page.getByRole("region", { name: "Gateways" }).getByText(now).waitFor({ timeout: 25_000 });
      await page.goto(new URL("/policy", place.gateway.admin).href);
      await page.getByText(`${beside} is active on`).waitFor();
      await close();
    };
    for (const place of places) await says(place, "Running, with a different policy", "A different policy");
    const before = await source(other);
    expect(await apply(other, (await source(one)).text)).toBe(200);
    for (const place of places) await says(place, "Running, with the same policy", "The same policy");
    expect(await apply(other, before.text)).toBe(200);
    await says(one, "Running, with a different policy", "A different policy");
  }, 90_000);

  test("on a phone the gateway stands under the request", async () => {
    const [one] = places;
    const { page, close } = await consoleOf(one, "/requests", { ...screens.phone, colorScheme: "dark" });
    await page.getByText(`by ${one.name}`).first().waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `${folder}fleet-requests-phone.png` });
    await page.goto(one.gateway.admin.href);
    await page.getByRole("region", { name: "Gateways" }).waitFor();
    await page.screenshot({ path: `${folder}fleet-overview-phone.png`, fullPage: true });
    await close();
  });

  test("a database that goes away hurts nobody, and what was decided meanwhile comes in when it is back", async () => {
    const [one, other] = places;
    const { page, close } = await consoleOf(one, "/requests");
    await page.getByRole("cell").first().waitFor();
    await database.stop();
    expect(await ask(one, one, "/own-without-database")).toMatchObject({ outcome: "readable" });
    expect(await ask(other, other, "/foreign-without-database")).toMatchObject({ outcome: "readable" });
    const row = (path: string) => page.getByRole("row").filter({ hasText: `PUT ${path} preflight` });
    await row("/own-without-database").waitFor();
    expect(await row("/foreign-without-database").count()).toBe(0);
    await database.start();
    await row("/foreign-without-database").waitFor({ timeout: 30_000 });
    expect(await row("/own-without-database").count()).toBe(1);
    await close();
  }, 60_000);

  test("a gateway that ends is no longer among them", async () => {
    const [one, other] = places;
    await other.gateway.stop();
    places = [one, { ...other, gateway: { ...other.gateway, stop: async () => {} } }];
    const { page, close } = await consoleOf(one, "/policy");
    await page.locator(".cm-content").waitFor();
    await expect
      .poll(async () => {
        const status: { journal: { gateways: readonly { name: string }[] } } = await (
          await fetch(new URL("/api/status", one.gateway.admin))
        ).json();
        return status.journal.gateways.map(({ name }) => name);
      })
      .toEqual([one.name]);
    expect(await page.getByText("This is the policy of the gateway").count()).toBe(0);
    await close();
  });
});
