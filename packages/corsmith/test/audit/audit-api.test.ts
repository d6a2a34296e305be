import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import type { AuditReport } from "../../src/audit/audit-report.ts";
import { maxRequests } from "../../src/live/paced-client.ts";
import { type MisconfigurationCode, misconfigurationCodes } from "../../src/misconfigurations/catalogue.ts";
import { always, type Script, ScriptedApi } from "../check/support/scripted-api.ts";
import { selfSigned } from "../check/support/self-signed.ts";
import { answerFaults } from "./support/answer-faults.ts";
import { auditServer } from "./support/audit-server.ts";
import { type Fault, originFaults } from "./support/faults.ts";
import { policed, trusted } from "./support/policed-api.ts";
import { preflightFaults } from "./support/preflight-faults.ts";

const faults: readonly Fault[] = [...originFaults, ...answerFaults, ...preflightFaults];
const tls = selfSigned();

async function auditFault(fault: Fault): Promise<AuditReport> {
  await using api = await ScriptedApi.start(fault.script, fault.tls ? tls : undefined);
  const { origins = [trusted], host, rebinding = false, path = "/orders" } = fault;
  return await auditServer(`${api.url}${path}`, { origins }, { host, rebinding });
}

async function auditScript(
  script: Script,
  ...more: Parameters<typeof auditServer> extends [string, ...infer Rest] ? Rest : never
): Promise<AuditReport> {
  await using api = await ScriptedApi.start(script);
  return await auditServer(`${api.url}/orders`, ...more);
}

const codesOf = ({ findings }: AuditReport): readonly MisconfigurationCode[] => findings.map(({ code }) => code);

describe("a server with one fault is found by it, and by nothing else", () => {
  test.for(faults)("$code: $name", async (fault) => {
    const report = await auditFault(fault);
    const finding = report.findings.find(({ code }) => code === fault.code);
    expect([finding?.code, finding?.severity]).toEqual([fault.code, fault.severity]);
    expect(new Set(codesOf(report))).toEqual(new Set([fault.code, ...(fault.beside ?? [])]));
    for (const code of fault.sameCause ?? []) expect(finding?.sameCause).toContain(code);
    expect(report.judged).toContain(fault.code);
    expect(finding?.evidence[0]?.curl).toMatch(/^curl -ik /);
  });

  test("every code has its server", () => {
    const shown = new Set<MisconfigurationCode>([...faults.map(({ code }) => code), "websocket-origin-unchecked"]);
    expect(misconfigurationCodes.filter((code) => !shown.has(code))).toEqual([]);
  });
});

describe("a WebSocket that opens for whatever origin", () => {
  async function auditSocket(cookie: boolean): Promise<AuditReport> {
    const server = createServer((_request, response) => response.end());
    const sockets = new WebSocketServer({ server });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      return await auditServer(url, { headers: cookie ? [["Cookie", "session=ada"]] : [] });
    } finally {
      sockets.close();
      server.closeAllConnections();
      server.close();
    }
  }

  test.for([
    [true, "high"],
    [false, "info"],
  ] as const)("with the user's cookie %s: %s", async ([cookie, severity]) => {
    const { findings } = await auditSocket(cookie);
    expect(findings.map(({ code, severity: given }) => [code, given])).toEqual([
      ["websocket-origin-unchecked", severity],
    ]);
  });
});

describe("what is as it should be is clean", () => {
  test.for([
    ["a list of pages", policed(), "Clean: pages that you named may read, and no unknown origin was allowed."],
    ["no CORS at all", always(200), "Clean: no page of another origin was allowed."],
    [
      "a public API",
      policed({
        allows: () => true,
        change: (headers) => ({ ...headers, "Access-Control-Allow-Origin": "*", Vary: undefined }),
      }),
      "Clean: every page may read, and none with credentials.",
    ],
    [
      "files for everybody that answer no OPTIONS",
      always(200, { "Access-Control-Allow-Origin": "*" }),
      "Clean: every page may read, and none with credentials.",
    ],
  ] as const)("%s", async ([, script, headline]) => {
    const report = await auditScript(script, { origins: headline.includes("named") ? [trusted] : [] });
    expect(report.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(report.verdict).toBe("clean");
    expect(report.headline).toContain(headline);
  });

  test("a pattern that was declared is meant", async () => {
    const script = policed({ credentials: true, allows: (origin) => /^https:\/\/[a-z\d.-]+\.acme\.com$/.test(origin) });
    const report = await auditScript(script, { origins: ["https://*.acme.com"] });
    expect(codesOf(report)).toEqual([]);
    expect(report.origins).toEqual([{ origin: expect.stringMatching(/^https:\/\/c\w+\.acme\.com$/), letIn: true }]);
  });
});

describe("a declared pattern for a part of a label", () => {
  const origins = ["https://pr-*.acme.com"];

  test("is asked as, and what it covers is meant", async () => {
    const script = policed({ credentials: true, allows: (origin) => /^https:\/\/pr-[\w-]+\.acme\.com$/.test(origin) });
    const report = await auditScript(script, { origins });
    expect(codesOf(report)).toEqual([]);
    expect(report.origins).toEqual([{ origin: expect.stringMatching(/^https:\/\/pr-c\w+\.acme\.com$/), letIn: true }]);
  });

  test("does not mean other subdomains", async () => {
    const script = policed({ credentials: true, allows: (origin) => /^https:\/\/[a-z\d.-]+\.acme\.com$/.test(origin) });
    expect(codesOf(await auditScript(script, { origins }))).toContain("any-subdomain");
  });
});

describe("what is sent", () => {
  test("is GET and OPTIONS only, and bounded", async () => {
    await using api = await ScriptedApi.start(policed());
    const origins = [trusted, "https://www.other.org", "https://shop.third.net"];
    const report = await auditServer(`${api.url}/orders`, { origins }, { host: "api.acme.com" });
    expect(new Set(api.asked.map((line) => line.split(" ")[0]))).toEqual(new Set(["GET", "OPTIONS"]));
    expect(api.asked.length).toBeLessThanOrEqual(maxRequests);
    expect(Object.values(report.sentByMethod).reduce((sum, count) => sum + count, 0)).toBe(api.asked.length);
    // The most that there is: nothing was left out.
    expect(report.judged).toContain("websocket-origin-unchecked");
  });

  test("goes at the pace that was asked for", async () => {
    await using api = await ScriptedApi.start(always(200));
    const began = performance.now();
    const { sentByMethod } = await auditServer(api.url, {}, { perSecond: 50 });
    const total = Object.values(sentByMethod).reduce((sum, count) => sum + count, 0);
    expect(performance.now() - began).toBeGreaterThan((total - 1) * 15);
  });

  test("holds the user's headers, in a GET and not in a preflight, and none of them is shown", async () => {
    await using api = await ScriptedApi.start(policed({ allows: () => true, credentials: true }));
    const report = await auditServer(`${api.url}/orders?access_token=geheim`, {
      headers: [
        ["Cookie", "session=geheim"],
        ["Authorization", "Bearer geheim"],
      ],
    });
    const gets = api.heads.filter((_, at) => api.asked[at]?.startsWith("GET"));
    const preflights = api.heads.filter((_, at) => api.asked[at]?.startsWith("OPTIONS"));
    expect(
      gets.every(
        ({ cookie, authorization }) => cookie?.startsWith("session=geheim") && authorization === "Bearer geheim",
      ),
    ).toBe(true);
    expect(preflights.every(({ cookie, authorization }) => cookie === undefined && authorization === undefined)).toBe(
      true,
    );
    expect(codesOf(report)).toContain("reflect-any-credentials");
    expect(JSON.stringify(report)).not.toContain("geheim");
  });

  test.for([
    ["a page that is not allowed", policed()],
    ["a login page that is led to with a token", always(302, { Location: "/login?token=geheim&next=/orders" })],
  ] as const)("is not told by what is said of %s", async ([, script]) => {
    await using api = await ScriptedApi.start(script);
    const report = await auditServer(`${api.url}/orders?access_token=geheim`, {
      origins: ["https://other.example.org"],
    });
    expect(report.notes.length).toBeGreaterThan(0);
    expect(JSON.stringify(report)).not.toContain("geheim");
  });
});

describe("what cannot be seen is said", () => {
  test("nothing listens", async () => {
    const report = await auditServer("http://127.0.0.1:1/");
    expect(report.verdict).toBe("unreached");
    expect(report.unreached?.kind).toBe("refused");
    expect(report.sentByMethod).toEqual({ GET: 1 });
  });

  test("a server that stops answering is left alone after three failures", async () => {
    let count = 0;
    const report = await auditScript((request, response) => {
      count += 1;
      if (count > 4) request.socket.destroy();
      else response.end();
    });
    expect(count).toBe(7);
    expect(report.notes.at(-1)).toMatch(/^The audit stopped early: /);
  });

  test.for([
    ["pages that are not known", always(200), [], /Which pages are allowed is not known/],
    ["a page that is not allowed", always(200), [trusted], /https:\/\/app\.acme\.com is not allowed \(200\)/],
    ["a login", always(401), [], /The responses are 401/],
    ["a redirect", always(301, { Location: "/orders/" }), [], /The URL leads elsewhere, to \/orders\//],
  ] as const)("%s", async ([, script, origins, note]) => {
    const { notes } = await auditScript(script, { origins });
    expect(notes.join("\n")).toMatch(note);
  });
});
