import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { instruments } from "../../src/metrics/instruments.ts";
import type { InstrumentDefinition } from "../../src/metrics/measurements.ts";
import { CorsmithProcess } from "../cli/support/corsmith-process.ts";
import { TestUpstream } from "../cli/support/upstream.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";
import type { ExportedMetric } from "./support/otlp-messages.ts";
import { exportedDecisions, exportedMetrics, exportedResource, OtlpReceiver } from "./support/otlp-receiver.ts";

const page = "https://app.example.com";
const definitions: readonly InstrumentDefinition[] = Object.values(instruments);

interface Served {
  readonly corsmith: CorsmithProcess;
  /** Asks the gateway as an allowed page. @returns the statuses */
  ask(times: number): Promise<readonly number[]>;
}

/** A gateway with these variables, for as long as the test uses it. */
async function serve(opened: AsyncDisposableStack, env: Readonly<Record<string, string>>): Promise<Served> {
  const folder = opened.use(new ConfigFolder({ "corsmith.config.yaml": `policy: { allowOrigins: ["${page}"] }\n` }));
  const upstream = opened.use(await TestUpstream.start());
  const places = ["--upstream", upstream.url, "--listen", "0", "--admin", "127.0.0.1:0"];
  const corsmith = opened.use(new CorsmithProcess(["serve", ...places], { cwd: folder.path, env }));
  const { api } = await corsmith.addresses();
  const ask = (times: number): Promise<readonly number[]> =>
    Promise.all(Array.from({ length: times }, async () => (await fetch(api, { headers: { origin: page } })).status));
  return { corsmith, ask };
}

/** A metric has the unit, the kind and the attributes that it is defined with; what is counted is cumulative. */
function followsConventions(metric: ExportedMetric): void {
  const definition = definitions.find(({ name }) => name === metric.name);
  if (definition === undefined) throw new Error(metric.name);
  const { unit, description, kind, attributes } = definition;
  expect(metric).toMatchObject({ unit, description });
  const data = { counter: metric.sum, gauge: metric.gauge, histogram: metric.histogram }[kind];
  expect(data, metric.name).toBeDefined();
  if (kind === "counter") expect(metric.sum, metric.name).toMatchObject({ isMonotonic: true });
  if (kind !== "gauge") expect(data, metric.name).toMatchObject({ aggregationTemporality: "CUMULATIVE" });
  for (const point of data?.dataPoints ?? []) {
    expect(attributes, metric.name).toEqual(expect.arrayContaining(point.attributes.map(({ key }) => key)));
    expect(BigInt(point.startTimeUnixNano) <= BigInt(point.timeUnixNano)).toBe(true);
  }
}

describe.each(["http/protobuf", "http/json"])("by %s", (protocol) => {
  test("every metric arrives, with the names, units, attributes and temporality of the conventions", async () => {
    await using opened = new AsyncDisposableStack();
    const receiver = opened.use(await OtlpReceiver.start());
    const { ask } = await serve(opened, {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_HEADERS: "x-token=secret,x-tenant=shop",
      OTEL_METRIC_EXPORT_INTERVAL: "200",
      OTEL_SERVICE_NAME: "shop-gateway",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test,service.name=not-this-one",
    });
    await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBeGreaterThan(0);
    expect(await ask(20)).toEqual(Array.from({ length: 20 }, () => 200));
    await expect.poll(() => receiver.received.map(exportedDecisions).at(-1), { timeout: 15_000 }).toBe(20);

    const last = receiver.received.at(-1);
    if (last === undefined) throw new Error("Nothing came.");
    expect(last).toMatchObject({ path: "/v1/metrics", headers: { "x-token": "secret", "x-tenant": "shop" } });
    expect(last.headers["content-type"]).toBe(protocol === "http/json" ? "application/json" : "application/x-protobuf");
    expect(exportedResource(last)).toMatchObject({
      "service.name": "shop-gateway",
      "service.version": expect.any(String),
      "deployment.environment.name": "test",
    });

    const metrics = exportedMetrics(last);
    expect(metrics.map(({ name }) => name).toSorted()).toEqual(definitions.map(({ name }) => name).toSorted());
    for (const metric of metrics) followsConventions(metric);
    const durations = metrics.find(({ name }) => name === "http.server.request.duration")?.histogram?.dataPoints ?? [];
    expect(durations.map(({ count }) => Number(count)).reduce((a, b) => a + b)).toBe(20);
    for (const { count, bucketCounts, explicitBounds } of durations) {
      expect(explicitBounds).toEqual(instruments.requestDuration.boundaries);
      expect(bucketCounts).toHaveLength(explicitBounds.length + 1);
      expect(bucketCounts.map(Number).reduce((a, b) => a + b)).toBe(Number(count));
    }
    // Cumulative: every export counts from the same moment, and none goes back.
    const starts = receiver.received.flatMap(exportedMetrics).flatMap(({ sum }) => sum?.dataPoints ?? []);
    expect(new Set(starts.map(({ startTimeUnixNano }) => startTimeUnixNano)).size).toBe(1);
    const counted = receiver.received.map(exportedDecisions);
    expect(counted).toEqual(counted.toSorted((a, b) => a - b));
  }, 40_000);

  test("what was not yet exported is exported at the end", async () => {
    await using opened = new AsyncDisposableStack();
    const receiver = opened.use(await OtlpReceiver.start());
    const { corsmith, ask } = await serve(opened, {
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${receiver.url}/shop/metrics`,
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
    });
    await ask(7);
    expect(receiver.received).toEqual([]);
    corsmith.kill("SIGTERM");
    expect(await corsmith.finished).toMatchObject({ code: 0, stderr: "" });
    expect(receiver.received.map(({ path, headers }) => [path, headers["content-encoding"]])).toEqual([
      ["/shop/metrics", "gzip"],
    ]);
    expect(receiver.received.map(exportedDecisions)).toEqual([7]);
    expect(receiver.received.map(exportedResource)).toMatchObject([{ "service.name": "corsmith" }]);
  }, 30_000);
});

test.each([
  ["OTEL_SDK_DISABLED=true", { OTEL_SDK_DISABLED: "true" }],
  ["OTEL_METRICS_EXPORTER=none", { OTEL_METRICS_EXPORTER: "none" }],
])(
  "nothing leaves with %s",
  async (_, variable) => {
    await using opened = new AsyncDisposableStack();
    const receiver = opened.use(await OtlpReceiver.start());
    const { corsmith, ask } = await serve(opened, {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_METRIC_EXPORT_INTERVAL: "100",
      ...variable,
    });
    expect(await ask(3)).toEqual([200, 200, 200]);
    corsmith.kill("SIGTERM");
    expect((await corsmith.finished).code).toBe(0);
    expect(receiver.received).toEqual([]);
  },
  30_000,
);

describe("a receiver that", () => {
  test.each([
    ["is not there", (socket: Socket) => void socket.destroy(), true],
    ["cuts every connection", (socket: Socket) => void socket.destroy(), false],
    ["takes everything and never answers", (socket: Socket) => void socket.resume(), false],
  ])(
    "%s harms neither traffic nor the end of the program",
    async (_, treat, closed) => {
      await using opened = new AsyncDisposableStack();
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        sockets.add(socket.on("error", () => undefined));
        treat(socket);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      const close = async (): Promise<void> => {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      };
      if (closed) await close();
      else opened.defer(close);
      const { corsmith, ask } = await serve(opened, {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
        OTEL_EXPORTER_OTLP_TIMEOUT: "400",
        OTEL_METRIC_EXPORT_INTERVAL: "500",
      });
      expect(await corsmith.event("otlp-failing", undefined, 30)).toMatchObject({ level: "warn" });
      expect(await ask(50)).toEqual(Array.from({ length: 50 }, () => 200));
      corsmith.kill("SIGTERM");
      expect(await corsmith.finished).toMatchObject({ code: 0, stderr: "" });
      expect(corsmith.log().filter(({ event }) => event === "otlp-failing")).toHaveLength(1);
    },
    60_000,
  );
});
