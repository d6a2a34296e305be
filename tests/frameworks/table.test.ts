import { afterAll, describe, expect, it, vi } from "vitest";
import { allHosts } from "./hosts/all-hosts.ts";
import { applicationPaths } from "./hosts/application.ts";
import { type Answered, expected, HostServers } from "./support/ask-row.ts";
import { table } from "./table/table.ts";

/** What each host answered to each row. */
const answered = new Map<string, Map<string, Answered>>();

// A stream that breaks off is told of by some servers.
vi.spyOn(console, "error").mockImplementation(() => {});

describe.each(allHosts.map((host) => [host.name, host] as const))("%s", (name, host) => {
  const servers = new HostServers(host);
  afterAll(() => servers.close());
  const answers = new Map<string, Answered>();
  answered.set(name, answers);

  it.each(table.map((row) => [row.name, row] as const))("%s", async (_, row) => {
    const answer = await servers.ask(row);
    answers.set(row.name, answer);
    expect(answer).toEqual(expected(row));
  });
});

describe("the table", () => {
  it("has at least 150 rows, no two alike", () => {
    expect(table.length).toBeGreaterThanOrEqual(150);
    expect(new Set(table.map((row) => row.name)).size).toBe(table.length);
    const asked = table.map(({ policy, mount, ask }) => JSON.stringify([policy, mount, ask]));
    expect(asked.filter((row, index) => asked.indexOf(row) !== index)).toEqual([]);
  });

  it("asks for every path of the application", () => {
    const asked = new Set(table.map(({ ask }) => ask.path));
    expect(applicationPaths.filter((path) => !asked.has(path))).toEqual([]);
  });

  it("S80: every framework gave the same answer to every row, byte for byte", () => {
    const [first, ...rest] = [...answered.values()];
    expect(first?.size).toBe(table.length);
    const differing = table
      .map((row) => row.name)
      .filter((name) => rest.some((answers) => JSON.stringify(answers.get(name)) !== JSON.stringify(first?.get(name))));
    expect(differing).toEqual([]);
  });
});
