import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireProgram } from "../../../../tests/support/real-thing.ts";
import { GatewayMeter } from "../../src/metrics/gateway-meter.ts";
import { prometheusText } from "../../src/metrics/prometheus-text.ts";
import { CorsmithProcess } from "../cli/support/corsmith-process.ts";
import { TestUpstream } from "../cli/support/upstream.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { decided } from "../journal/support/decided.ts";
import { dashboard, filledIn, legend, type View } from "./support/grafana-dashboard.ts";
import { PrometheusServer, type Series, scrapeSeconds } from "./support/prometheus-server.ts";

const page = "https://app.example.com";
const policy = `policy:
  allowOrigins: ["${page}", "https://*.partner.example"]
  allowCredentials: true
  allowMethods: [PUT]
routes:
  - { path: /public, policy: { allowOrigins: "*" } }
`;
const view: View = { range: 120, step: 2, scrape: scrapeSeconds, routes: [] };

/** What each panel shows more than nothing of, after the storm, by its legend. */
const shown: Readonly<Record<string, readonly string[]>> = {
  "Decisions a second": [""],
  "Refused share": [""],
  "Errors without CORS headers": [""],
  "New origins with credentials": [""],
  "Allowed and refused": ["allowed", "refused"],
  "Refused, by reason": ["headers-refused", "method-refused", "origin-refused"],
  "Refused share by route": ["/"],
  "Duration of requests": ["p50", "p95", "p99"],
  "Preflights and requests": ["actual", "preflight"],
  "Upstream errors": ["upstream-unreachable"],
  "Loads of the policy": ["refused"],
  "Active policy": [expect.stringMatching(/^[0-9a-f]+ \w+$/) as string],
  Journal: ["healthy", "lost: decision", "pending"],
};

describe.skipIf(!requireProgram("prometheus", "prometheus"))("Prometheus, scraping a gateway under traffic", () => {
  const opened = new AsyncDisposableStack();
  /** A meter of its own, for what cannot be made to happen from outside: both would be mistakes in Corsmith. */
  const meter = new GatewayMeter();
  const folder = opened.use(new ConfigFolder({ "corsmith.config.yaml": policy }));
  let upstream: TestUpstream;
  let prometheus: PrometheusServer;
  let api: string;
  let admin: string;

  const serve = (): CorsmithProcess =>
    new CorsmithProcess(
      ["serve", "--upstream", upstream.url, "--listen", "0", "--admin", "127.0.0.1:0", "--journal", "journal"],
      { cwd: folder.path },
    );
  const ask = async (path: string, origin: string, headers: Record<string, string> = {}, method = "GET") => {
    const answer = await fetch(new URL(path, api), { method, headers: { origin, ...headers } });
    await answer.arrayBuffer();
  };
  const preflight = async (method: string, headers: Record<string, string> = {}): Promise<void> =>
    await ask("/orders", page, { "access-control-request-method": method, ...headers }, "OPTIONS");
  /** An hour of the ordinary, in a second. */
  const ordinary = async (): Promise<void> => {
    for (let time = 0; time < 10; time += 1) {
      await ask("/orders", page, { cookie: "session=1" });
      await ask("/public/x", "https://anybody.example");
      await preflight("PUT");
    }
    await delay(1_000);
  };
  const restless = async (): Promise<readonly string[]> =>
    (await prometheus.rules()).filter(({ state }) => state !== "inactive").map(({ name }) => name);

  beforeAll(async () => {
    upstream = await TestUpstream.start();
    {
      // The day before: the page is known to the journal.
      await using yesterday = serve();
      ({ api } = await yesterday.addresses());
      await ordinary();
      yesterday.kill("SIGTERM");
      await yesterday.finished;
    }
    ({ api, admin } = await opened.use(serve()).addresses());
    meter.expect(["/", "/orders"], []);
    const mistakes = opened.use(
      await TestUpstream.start((_, response) => void response.end(prometheusText(meter.measured()))),
    );
    prometheus = opened.use(await PrometheusServer.start([new URL(admin).host, `127.0.0.1:${mistakes.port}`]));
    for (let round = 0; round < 8; round += 1) await ordinary();
  }, 60_000);
  afterAll(async () => await opened.disposeAsync());

  test("reads every rule, and none speaks while all is calm", async () => {
    const rules = await prometheus.rules();
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.filter(({ health }) => health !== "ok")).toEqual([]);
    expect(await restless()).toEqual([]);
  });

  test("has something for every panel while all is calm", async () => {
    const empty: string[] = [];
    for (const { title, targets } of dashboard.panels)
      for (const { expr, instant, refId } of targets) {
        const series = await answers(expr, instant === true, view);
        if (!series.some(({ samples }) => samples.some(([, value]) => Number.isFinite(value))))
          empty.push(`${title} ${refId}`);
      }
    expect(empty).toEqual([]);
  });

  test("offers the routes to choose from", async () => {
    const routes = dashboard.templating.list.find(({ name }) => name === "route")?.query as { query: string };
    const [, metric = "", label = ""] = /^label_values\((\w+), (\w+)\)$/.exec(routes.query) ?? [];
    expect(await prometheus.labelValues(metric, label)).toEqual(["/", "/orders", "/public"]);
  });

  describe("after a storm", () => {
    beforeAll(async () => {
      await ask("/orders", "https://new.partner.example", { cookie: "session=1" });
      for (let time = 0; time < 100; time += 1) await ask("/orders", "https://evil.example");
      folder.write("corsmith.config.yaml", policy.replace("allowMethods", "allowMethodz"));
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ version: 1, sender: "t", sequence: 1, service: "orders", lost: 3, events: [] });
      await fetch(`${admin}/api/decisions`, { method: "POST", headers, body });
      meter.gatewayFailed();
      meter.record(decided({ route: "/orders", finalStatus: 500, headerless: true }));
      for (let round = 0; round < 8; round += 1) {
        await ask("/orders", "https://evil.example");
        await preflight("DELETE");
        await preflight("PUT", { "access-control-request-headers": "x-not-allowed" });
        await ordinary();
      }
      // Another program keeps the database for itself.
      const locked = opened.adopt(new DatabaseSync(folder.file("journal")), (database) => database.close());
      locked.exec("BEGIN EXCLUSIVE");
      await upstream[Symbol.asyncDispose]();
      for (let time = 0; time < 60; time += 1) await ask("/orders", page);
    }, 60_000);

    test("every alert has been raised", async () => {
      const names = (await prometheus.rules()).map(({ name }) => name);
      await expect.poll(restless, { timeout: 60_000, interval: 500 }).toEqual(names);
    }, 70_000);

    test.each(dashboard.panels)("$title has what it shows", async ({ title, targets }) => {
      const seen: string[] = [];
      for (const target of targets)
        for (const series of await answers(target.expr, target.instant === true, view))
          if (series.samples.some(([, value]) => Number.isFinite(value) && value > 0))
            seen.push(legend(target, series.labels));
      expect(seen.toSorted()).toEqual(shown[title]);
    });

    test.each([
      ["one route", ["/"]],
      ["two routes", ["/", "/public"]],
    ])("every panel can be asked for %s", async (_, routes) => {
      for (const { targets, title } of dashboard.panels)
        for (const { expr, instant } of targets)
          expect(await answers(expr, instant === true, { ...view, routes }), title).not.toEqual([]);
    });
  });

  const answers = async (expression: string, instant: boolean, looked: View): Promise<readonly Series[]> => {
    const query = filledIn(expression, looked);
    return instant ? await prometheus.instant(query) : await prometheus.range(query, looked.range, looked.step);
  };
});
