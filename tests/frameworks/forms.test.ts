import { expect, test, vi } from "vitest";
import { allHosts } from "./hosts/all-hosts.ts";
import { plainSetup } from "./hosts/host.ts";
import { type Answered, askRow, expected } from "./support/ask-row.ts";
import { askUnder, forms } from "./table/forms.ts";
import type { Row } from "./table/row.ts";
import { table } from "./table/table.ts";

// A stream that breaks off is told of by some servers.
vi.spyOn(console, "error").mockImplementation(() => {});

/** Rows that are asked at a time; one after the other would take three times as long as the table itself. */
const atOnce = 16;

async function askAll(port: number): Promise<ReadonlyMap<string, Answered>> {
  const answers = new Map<string, Answered>();
  const waiting = table.values();
  const work = async (rows: Iterable<Row>): Promise<void> => {
    for (const row of rows) answers.set(row.name, await askRow(port, row, askUnder(row)));
  };
  await Promise.all(Array.from({ length: atOnce }, () => work(waiting)));
  return answers;
}

const cases = allHosts.flatMap((host) => forms.map((form) => [host.name, form.name, host, form] as const));

test.each(cases)(
  "S80: %s answers every row of the table under a policy %s",
  { timeout: 60_000 },
  async (_, _form, host, form) => {
    const server = await host.start(form.source, { ...plainSetup, mount: "segment" });
    try {
      const answers = await askAll(server.port);
      const differing = table.filter((row) => JSON.stringify(answers.get(row.name)) !== JSON.stringify(expected(row)));
      expect(differing.map((row) => [row.name, answers.get(row.name)])).toEqual([]);
      expect(answers.size).toBe(table.length);
    } finally {
      await server.close();
    }
  },
);
