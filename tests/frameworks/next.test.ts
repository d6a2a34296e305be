import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { DecisionRecord } from "@corsmith/cors/observe";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askFromPage } from "../support/ask-from-page.ts";
import { type BlankPage, startBlankPage } from "../support/blank-page.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { requireProgram } from "../support/real-thing.ts";
import { checkSubject } from "./guarantees/check-subject.ts";
import { plainSetup } from "./hosts/host.ts";
import type { Column } from "./matrix/render-matrix.ts";
import { buildNext, nextFolder, requireNext, typeCheckNext } from "./next/build-next.ts";
import { deviations, framedByNext, withoutNextsVary } from "./next/deviations.ts";
import { nextHandlersHost, nextProxyHost, startNext } from "./next/next-host.ts";
import { cases, open, strict } from "./routes/two-policies.ts";
import { ask, corsLines, varyMembers } from "./support/ask.ts";
import { HostServers } from "./support/ask-row.ts";
import { startJournal } from "./support/journal.ts";
import type { Running } from "./support/listen.ts";
import { app, policies } from "./table/policies.ts";
import { table } from "./table/table.ts";

// Each server that was started is killed when the tests end, by a listener of its own.
process.setMaxListeners(40);

const installed = await requireNext();
const record = new URL("../frameworks-next/guarantees.json", import.meta.url);
const columns: Column[] = [];

const forms = [
  ["proxy", nextProxyHost],
  ["handlers", nextHandlersHost],
] as const;

describe.skipIf(!installed)("Next", () => {
  beforeAll(() => buildNext(), 300_000);

  it("compiles handlers and a proxy that take a NextRequest", () => typeCheckNext());

  describe.each(forms)("with CORS in its %s", (form, host) => {
    const servers = new HostServers(host);
    afterAll(() => servers.close());

    it.each(table.map((row) => [row.name, row] as const))("%s", async (_, row) => {
      const { status, cors, vary, told } = await servers.ask(row);
      const expected = { status: row.status, cors: row.cors, vary: row.vary, told: framedByNext(row.told) };
      const answer = { status, cors, vary: withoutNextsVary(vary), told };
      if (deviations[form].has(row.name)) expect(answer).not.toEqual(expected);
      else expect(answer).toEqual(expected);
    });

    it.each([
      ["a success", "/ok", { handlers: 200, proxy: undefined }],
      ["an error that was thrown", "/thrown", { handlers: 500, proxy: undefined }],
      ["an error of the application's own", "/teapot", { handlers: 418, proxy: undefined }],
    ] as const)("tells the journal of %s with the status that is known there", async (_, path, known) => {
      const journal = await startJournal();
      const policy = JSON.stringify(policies.page);
      const server = await startNext(nextFolder, { CORS_FORM: form, CORS_POLICY: policy, CORS_JOURNAL: journal.url });
      await ask(server.port, {
        path,
        headers: [
          ["Origin", app],
          ["Cookie", "session=secret"],
        ],
      });
      const events: DecisionRecord[] = [];
      const come = (): number => events.push(...journal.take().filter((event) => event.path === path));
      await expect.poll(come, { timeout: 10_000 }).toBe(1);
      await server.close();
      await journal.close();
      expect(events.map(({ finalStatus, credentials }) => ({ finalStatus, credentials }))).toEqual([
        { finalStatus: known[form], credentials: true },
      ]);
    });

    // The reason why the application has a last route of its own. When Next changes, this says.
    it("a page that Next renders loses what stood in Vary before", async () => {
      const row = table.find(({ name }) => name === "S77: a success, asked for by the allowed page");
      const got = row && (await servers.ask({ ...row, ask: { ...row.ask, path: "/a-page" } }));
      expect(got).toMatchObject({ status: 200, cors: form === "proxy" ? row?.cors : [], vary: expect.any(Array) });
      expect(got?.vary).not.toContain("origin");
    });

    it("S80: keeps the guarantees that stand in its record", async () => {
      const cells = await checkSubject({
        name: host.name,
        http2: host.http2,
        start: (setup, anyOrigin = false) =>
          host.start(anyOrigin ? { allowOrigins: "*", allowCredentials: true } : policies.page, setup),
      });
      columns.push({ name: host.name, cells });
      expect(cells.filter(({ found }) => found === undefined).length).toBeGreaterThanOrEqual(20);
    }, 60_000);
  });

  it("is in tests/frameworks-next/guarantees.json as it is; UPDATE_MATRIX=1 writes it anew", () => {
    const plain = columns.map(({ name, cells }) => ({
      name,
      cells: cells.map(({ words, found = null }) => ({ words, found })),
    }));
    const text = `${JSON.stringify(plain, null, 2)}\n`;
    if (process.env["UPDATE_MATRIX"] === "1") writeFileSync(record, text);
    expect(readFileSync(record, "utf8")).toBe(text);
  });

  describe.skipIf(!requireProgram(chromiumPath, "chromium"))("before real Chromium", () => {
    let browser: Browser;
    let blank: BlankPage;
    let allowed: Page;
    let refused: Page;
    beforeAll(async () => {
      blank = await startBlankPage();
      browser = await launchChromium();
      const open = async (name: string): Promise<Page> => {
        const page = await browser.newPage();
        await page.goto(`http://${name}:${blank.port}/`);
        return page;
      };
      [allowed, refused] = await Promise.all([open("localhost"), open("other.localhost")]);
    });
    afterAll(async () => {
      await browser?.close();
      await blank?.close();
    });

    it.each(forms)(
      "S77: an allowed page reads a thrown 500, a 404 and what needs a preflight, with CORS in the %s",
      async (form, host) => {
        const policy = {
          allowOrigins: [`http://localhost:${blank.port}`],
          allowCredentials: true,
          allowMethods: ["PUT"],
        };
        const server = await host.start(policy, plainSetup);
        try {
          const missing = form === "proxy" ? "/missing" : "/gone";
          for (const [method, path, status] of [
            ["GET", "/thrown", 500],
            ["GET", missing, 404],
            ["PUT", "/ok", 200],
          ] as const) {
            const question = { method, url: `http://127.0.0.1:${server.port}${path}`, credentials: "include" } as const;
            expect(await askFromPage(allowed, question)).toMatchObject({ outcome: "readable", status });
            expect(await askFromPage(refused, question)).toMatchObject({ outcome: "refused" });
          }
        } finally {
          await server.close();
        }
      },
    );
  });

  describe.each(["proxy", "handlers"] as const)("a policy for each path, in the %s", (form) => {
    let server: Running;
    beforeAll(async () => {
      const parts = JSON.stringify({ public: open, account: strict });
      server = await startNext(nextFolder, { CORS_FORM: "none", CORS_TWO: form, CORS_POLICIES: parts });
    });
    afterAll(() => server?.close());

    it.each(cases)("S96: %s", async (_name, method, path, headers, status, cors) => {
      const got = await ask(server.port, { method, path, headers });
      expect([got.status, ...corsLines(got)]).toEqual([status, ...cors]);
    });
  });

  describe("examples/next", () => {
    // Beside the installation, so that it finds Next.
    const copy = `${nextFolder}.example/`;
    const page = "https://app.example.com";
    const readable = ["access-control-allow-credentials: true", `access-control-allow-origin: ${page}`];
    let server: Running;
    beforeAll(async () => {
      rmSync(copy, { recursive: true, force: true });
      cpSync(fileURLToPath(new URL("../../examples/next/", import.meta.url)), copy, { recursive: true });
      // The library comes from the workspace above, where a project of its own would have installed it.
      const root = fileURLToPath(new URL("../../", import.meta.url));
      writeFileSync(
        `${copy}next.config.js`,
        `export default { skipTrailingSlashRedirect: true, turbopack: { root: ${JSON.stringify(root)} } };\n`,
      );
      await buildNext(copy);
      server = await startNext(copy, {});
    }, 300_000);
    afterAll(() => server?.close());

    it.each([
      ["a success", "GET", "/orders", 200],
      ["a thrown error", "GET", "/broken", 500],
      ["a path that is not there", "GET", "/missing", 404],
      ["what it did", "PUT", "/orders/1", 204],
    ])("S77: the page reads %s", async (_, method, path, status) => {
      const got = await ask(server.port, { method, path, headers: [["Origin", page]] });
      expect([got.status, ...corsLines(got)]).toEqual([status, ...readable]);
      expect(varyMembers(got)).toContain("origin");
    });

    it("S5: the page passes a preflight, and no other page does", async () => {
      const preflight = (origin: string) =>
        ask(server.port, {
          method: "OPTIONS",
          path: "/orders/1",
          headers: [
            ["Origin", origin],
            ["Access-Control-Request-Method", "PUT"],
          ],
        });
      expect((await preflight(page)).status).toBe(204);
      expect((await preflight("https://evil.example")).status).toBe(403);
    });
  });
});
