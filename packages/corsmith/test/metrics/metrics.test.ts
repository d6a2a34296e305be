import { spawnSync } from "node:child_process";
import { METHODS } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireProgram } from "../../../../tests/support/real-thing.ts";
import { CorsmithProcess } from "../cli/support/corsmith-process.ts";
import { TestUpstream } from "../cli/support/upstream.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { exportedDecisions, OtlpReceiver } from "./support/otlp-receiver.ts";

const methods = METHODS.filter((method) => method !== "CONNECT" && method !== "HEAD");
const policy =
  "policy:\n  allowOrigins: [https://app.example.com]\nroutes:\n  - path: /public\n    policy: { allowOrigins: '*' }\n";
const workers = 2;

let folder: ConfigFolder;
let upstream: TestUpstream;
let receiver: { readonly url: string } & OtlpReceiver;
let corsmith: CorsmithProcess;
let gateway: URL;
let admin: string;

beforeAll(async () => {
  folder = new ConfigFolder({ "corsmith.config.yaml": policy });
  upstream = await TestUpstream.start((request, response) => {
    response.writeHead(request.url?.startsWith("/broken") ? 500 : 200).end("ok");
  });
  receiver = await OtlpReceiver.start();
  const flags = [
    "--listen",
    "127.0.0.1:0",
    "--admin",
    "127.0.0.1:0",
    "--workers",
    String(workers),
    "--log-level",
    "error",
  ];
  corsmith = new CorsmithProcess(["serve", "--upstream", upstream.url, ...flags, "--log-level", "info"], {
    cwd: folder.path,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_METRIC_EXPORT_INTERVAL: "500",
    },
  });
  const serving = await corsmith.event("serving", undefined, 55);
  gateway = new URL(String(serving["listen"]));
  admin = String(serving["admin"]);
});
afterAll(async () => {
  await corsmith[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const scrape = async (): Promise<string> => await (await fetch(`${admin}/metrics`)).text();
const total = (text: string, name: string, ...labels: string[]): number =>
  text
    .split("\n")
    .filter((line) => line.startsWith(name) && labels.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
const decided = (text: string): number => total(text, "corsmith_decisions_total{");
const ask = async (path: string, headers: Record<string, string>): Promise<number> =>
  (await fetch(new URL(path, gateway), { headers })).status;

/** Many requests on a few connections, each written before the one before it is answered. Resolves when all are answered. */
async function pipeline(requests: readonly string[], connections: number): Promise<void> {
  const share = Math.ceil(requests.length / connections);
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const own = requests.slice(index * share, (index + 1) * share);
      if (own.length === 0) return;
      await new Promise<void>((resolve, reject) => {
        let answers = 0;
        const socket = connect(Number(gateway.port), gateway.hostname, () => socket.write(own.join("")));
        socket.setEncoding("latin1").on("data", (text: string) => {
          answers += text.split("HTTP/1.1 ").length - 1;
          if (answers >= own.length) socket.end();
        });
        socket.once("close", () =>
          answers >= own.length ? resolve() : reject(new Error(`${answers} of ${own.length} answered`)),
        );
        socket.once("error", reject);
      });
    }),
  );
}

describe(`metrics of ${workers} workers`, () => {
  test("are the sum of all of them, at once, and never go back when one dies", async () => {
    const before = decided(await scrape());
    for (let index = 0; index < 40; index += 1)
      await ask("/x", { origin: "https://app.example.com", connection: "close" });
    expect(decided(await scrape()) - before).toBe(40);
    expect(total(await scrape(), "corsmith_workers ")).toBe(workers);
    const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(corsmith.child.pid)], { encoding: "utf8" });
    const [worker] = stdout.trim().split(/\s+/).map(Number);
    if (worker === undefined || Number.isNaN(worker)) throw new Error(`No worker among: ${stdout}`);
    process.kill(worker, "SIGKILL");
    await corsmith.event("worker-ended");
    expect(decided(await scrape())).toBeGreaterThanOrEqual(before + 40);
    await expect.poll(async () => total(await scrape(), "corsmith_workers "), { timeout: 30_000 }).toBe(workers);
  }, 60_000);

  test("count by route, kind, decision and reason; errors to allowed pages have their headers", async () => {
    await ask("/broken", { origin: "https://app.example.com" });
    await ask("/public/x", { origin: "https://anybody.example" });
    await fetch(gateway, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "PUT" },
    });
    const text = await scrape();
    expect(total(text, "corsmith_decisions_total", 'route="/public"', 'reason="allowed"')).toBe(1);
    expect(
      total(
        text,
        "corsmith_decisions_total",
        'kind="preflight"',
        'decision="refused"',
        'reason="origin-refused"',
        'mode="enforce"',
      ),
    ).toBe(1);
    expect(
      total(text, "http_server_request_duration_seconds_count", 'http_response_status_code="500"', 'error_type="500"'),
    ).toBe(1);
    expect(total(text, "corsmith_headerless_errors_total")).toBe(0);
    expect(text).not.toMatch(/example/);
  });

  test("keep their cardinality under 20,000 hostile origins, paths and methods", async () => {
    const requests = (from: number, count: number): string[] =>
      Array.from({ length: count }, (_, index) => {
        const at = (from + index).toString(36);
        // Node reads no method that it does not know, so these are all that a client can choose.
        const method = index % 3 === 0 ? "OPTIONS" : (methods[index % methods.length] ?? "GET");
        const preflight = method === "OPTIONS" ? `Access-Control-Request-Method: M${at.toUpperCase()}\r\n` : "";
        return `${method} /${at}/%22${at}?${at} HTTP/1.1\r\nHost: ${at}.example\r\nOrigin: https://${at}.evil.example\r\n${preflight}User-Agent: ${at}\r\n\r\n`;
      });
    await pipeline(requests(0, 600), 6);
    const series = (text: string): number =>
      text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
    const first = await scrape();
    for (let round = 0; round < 20; round += 1) await pipeline(requests(1_000 + round * 1_000, 1_000), 10);
    const last = await scrape();
    expect(decided(last) - decided(first)).toBe(20_000);
    expect(series(last)).toBe(series(first));
    expect(last).not.toMatch(/evil|M[A-Z0-9]{3}/);
    console.log(
      `series before and after 20,000 hostile requests: ${series(first)} and ${series(last)}; ${last.length} characters`,
    );
  }, 120_000);

  test.skipIf(!requireProgram("promtool", "prometheus"))("promtool finds nothing to say of them", async () => {
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], {
      input: await scrape(),
      encoding: "utf8",
      timeout: 20_000,
    });
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: "" });
  });

  test("are exported by OTLP with the numbers of all workers", async () => {
    const expected = decided(await scrape());
    await expect.poll(() => receiver.received.map(exportedDecisions).at(-1), { timeout: 15_000 }).toBe(expected);
  }, 40_000);
});
