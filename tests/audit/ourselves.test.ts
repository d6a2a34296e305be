import { type PolicyInput, presets } from "@corsmith/cors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditApi } from "../../packages/corsmith/src/audit/audit-api.ts";
import { allHosts } from "../frameworks/hosts/all-hosts.ts";
import { plainSetup } from "../frameworks/hosts/host.ts";
import { nodeHost } from "../frameworks/hosts/node.ts";
import { type CorsmithServe, type ServedDemo, serveDemo, serveUpstream } from "../support/corsmith-serve.ts";
import { runAudit } from "./run-audit.ts";

const app = "https://app.acme.com";

/** A policy, a page of it, and what is worth knowing about it. */
type Row = readonly [name: string, policy: PolicyInput, origins: readonly string[], infos?: readonly string[]];

const needed: Partial<PolicyInput> = { allowOrigins: [app] };
const pages = { development: "http://localhost:5173", "mobile-backend": "capacitor://localhost" } as Record<
  string,
  string
>;

const policies: readonly Row[] = [
  ...Object.values(presets).map(
    ({ name, needs }): Row => [
      `the preset ${name}`,
      { preset: name, ...(needs.length === 0 ? {} : needed) },
      [pages[name] ?? app],
    ],
  ),
  ["one page, and nothing more", { allowOrigins: [app] }, [app], ["max-age-missing"]],
  ["everybody, and nothing more", { allowOrigins: "*" }, [app], ["max-age-missing"]],
  [
    "all subdomains, with credentials",
    { allowOrigins: ["https://*.acme.com"], allowCredentials: true, allowMethods: ["PUT"], maxAge: 600 },
    ["https://*.acme.com"],
  ],
  [
    "several pages",
    { allowOrigins: [app, "https://www.acme.com:8443"], maxAge: 600 },
    [app, "https://www.acme.com:8443"],
  ],
];

describe("a server with our own middleware is clean", () => {
  async function audit(host: (typeof allHosts)[number], policy: PolicyInput, origins: readonly string[]) {
    const server = await host.start(policy, plainSetup);
    try {
      const url = `http://127.0.0.1:${server.port}/json`;
      return await auditApi({ url, origins, headers: [] }, { perSecond: 1_000 });
    } finally {
      await server.close();
    }
  }

  test.for(policies)("under %s", async ([, policy, origins, infos = []]) => {
    const { findings, verdict, origins: told } = await audit(nodeHost, policy, origins);
    expect(findings.map(({ code }) => code)).toEqual(infos);
    expect(verdict).toBe("clean");
    expect(told.every(({ letIn }) => letIn)).toBe(true);
  });

  test.for(allHosts.map((host) => [host.name, host] as const))("in %s", async ([, host]) => {
    const { findings } = await audit(host, { preset: "single-page-app", allowOrigins: [app] }, [app]);
    expect(findings.map(({ code }) => code)).toEqual([]);
  });
});

describe("corsmith serve", () => {
  let demo: ServedDemo;
  beforeAll(async () => {
    demo = await serveDemo();
  });
  afterAll(async () => {
    await demo.stop();
  });

  test("the gateway in front of the demo is clean", async () => {
    const page = demo.allowedPage.origin;
    const { code, findings, judged } = await runAudit(new URL("/orders", demo.url).href, "--origin", page);
    expect([code, findings]).toEqual([0, []]);
    expect(judged).toContain("error-response-without-cors");
  });

  test.for(["/api/status", "/api/policy", "/api/events", "/metrics", "/", "/api/no-such-call"])(
    "the operator's API is clean: %s",
    async (path) => {
      const { code, findings, judged } = await runAudit(
        new URL(path, demo.admin).href,
        "--rebinding",
        "--timeout",
        "2",
      );
      expect([code, findings]).toEqual([0, []]);
      expect(judged).toContain("host-not-validated");
    },
  );

  test("health is told to every client, under any Host, and to no page", async () => {
    const health = new URL("/healthz", demo.admin).href;
    expect((await runAudit(health)).findings).toEqual([]);
    expect((await runAudit(health, "--rebinding")).codes).toEqual(["host-not-validated"]);
  });

  test("the operator's API lets in no page that the gateway does", async () => {
    const { code, findings, notes } = await runAudit(
      new URL("/api/status", demo.admin).href,
      "--rebinding",
      "--origin",
      demo.allowedPage.origin,
    );
    expect([code, findings]).toEqual([0, []]);
    expect(notes.join("\n")).toContain("is not allowed (403)");
  });
});

describe("the gateway in front of an API that is wide open", () => {
  let gateway: CorsmithServe;
  let api: Awaited<ReturnType<typeof nodeHost.start>>;
  beforeAll(async () => {
    api = await nodeHost.start({ allowOrigins: "*" }, plainSetup);
    gateway = await serveUpstream(new URL(`http://127.0.0.1:${api.port}`), {
      allowOrigins: [app],
      allowCredentials: true,
      maxAge: 600,
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await api.close();
  });

  test("is clean, also where the API is not there", async () => {
    const found = await runAudit(new URL("/json", gateway.url).href, "--origin", app);
    expect([found.code, found.findings]).toEqual([0, []]);
  });
});
