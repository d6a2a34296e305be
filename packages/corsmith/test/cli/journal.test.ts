import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { CorsmithProcess, runCorsmith } from "./support/corsmith-process.ts";
import { RawClient } from "./support/raw-client.ts";
import { TestUpstream } from "./support/upstream.ts";

const origin = "https://app.example.com";

function configuration(upstream: TestUpstream): string {
  return `upstream: ${upstream.url}\nlisten: 0\nadmin: 0\npolicy: { allowOrigins: [${origin}] }\n`;
}

/** Decisions of a journal by origin. */
function kept(file: string): Record<string, number> {
  using database = new DatabaseSync(file);
  const rows = database
    .prepare("SELECT origin, SUM(decisions) AS decisions FROM corsmith_rollups GROUP BY origin")
    .all();
  return Object.fromEntries(rows.map((row) => [String(row["origin"]), Number(row["decisions"])]));
}

async function ask(api: string, from: string, times: number): Promise<void> {
  const client = await RawClient.open(Number(new URL(api).port));
  for (let time = 0; time < times; time += 1) await client?.ask("GET", "/", [`Origin: ${from}`]);
  client?.close();
}

describe("a journal in a file", () => {
  test.each([1, 2])("has every decision after SIGTERM, with %i worker(s)", async (workers) => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder();
    folder.write("corsmith.config.yaml", configuration(upstream));
    await using corsmith = new CorsmithProcess(["serve", "--workers", String(workers), "--journal", "journal"], {
      cwd: folder.path,
    });
    const { api } = await corsmith.addresses();
    expect(await corsmith.event("serving")).toMatchObject({ journal: "journal" });
    await Promise.all([ask(api, origin, 200), ask(api, origin, 200), ask(api, "https://evil.example", 100)]);
    corsmith.kill("SIGTERM");
    expect(await corsmith.finished).toMatchObject({ code: 0, stderr: "" });
    expect(kept(folder.file("journal"))).toEqual({ [origin]: 400, "https://evil.example": 100 });
  });

  test("that is a newer version's is refused before anything is served", async () => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder();
    folder.write("corsmith.config.yaml", `${configuration(upstream)}journal: newer\n`);
    {
      using database = new DatabaseSync(folder.file("newer"));
      database.exec(
        `PRAGMA application_id = ${0x434f5253}; CREATE TABLE corsmith_schema (version BIGINT); INSERT INTO corsmith_schema VALUES (99)`,
      );
    }
    const { code, stdout, stderr } = await runCorsmith(["serve"], { cwd: folder.path });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("written by a newer Corsmith");
    expect(stderr).toContain("Server not started.");
  });

  test("that outgrows the disk stops nothing: the log says so, and requests are answered", async () => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder();
    folder.write("corsmith.config.yaml", `${configuration(upstream)}journal: journal\n`);
    // The kernel refuses what would make any file larger than this, as a full disk would.
    const limited = new URL("support/limited-files.sh", import.meta.url).pathname;
    await using corsmith = new CorsmithProcess(["serve"], { cwd: folder.path, through: ["/bin/sh", limited, "200"] });
    const { api } = await corsmith.addresses();
    for (let round = 0; round < 40 && corsmith.log().every(({ event }) => event !== "journal-failing"); round += 1) {
      for (let name = 0; name < 20; name += 1) await ask(api, `https://${round}-${name}.example`, 2);
      await delay(50);
    }
    expect(await corsmith.event("journal-failing")).toMatchObject({
      level: "error",
      msg: expect.stringContaining("Requests are still served"),
    });
    const before = performance.now();
    await ask(api, origin, 200);
    expect(performance.now() - before).toBeLessThan(10_000);
    corsmith.kill("SIGTERM");
    expect((await corsmith.finished).code).toBe(0);
    expect(await corsmith.event("journal-lost")).toMatchObject({ decisions: expect.any(Number) });
    using database = new DatabaseSync(folder.file("journal"));
    expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  });
});

test("without a journal there is none, and in memory nothing is left behind", async () => {
  await using upstream = await TestUpstream.start();
  using folder = new ConfigFolder();
  folder.write("corsmith.config.yaml", configuration(upstream));
  for (const place of ["off", "memory"]) {
    await using corsmith = new CorsmithProcess(["serve", "--journal", place], { cwd: folder.path });
    const { api } = await corsmith.addresses();
    await ask(api, origin, 5);
    corsmith.kill("SIGTERM");
    expect(await corsmith.finished).toMatchObject({ code: 0, stderr: "" });
  }
  expect(() => readFileSync(folder.file("journal"))).toThrow("ENOENT");
});
