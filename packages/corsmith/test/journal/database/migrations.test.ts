import { expect, test } from "vitest";
import { migrate, migrations } from "../../../src/journal/database/migrations.ts";
import { openSqlite } from "../../../src/journal/database/sqlite.ts";
import { samples } from "../../../src/journal/database/statements.ts";

test.each(migrations.slice(0, -1).map(({ version }) => version))(
  "a journal of version %i is brought to the newest, and keeps what was in it",
  async (version) => {
    const database = openSqlite({ path: ":memory:", maxBytes: 64 * 1024 * 1024 });
    await migrate(database, migrations.slice(0, version));
    await database.run(`INSERT INTO corsmith_samples (id, time, minute, pool, lot, blocked, failed, origin, route, reason, data)
      VALUES ('a', 1, 0, 'refused', 0.25, 1, 0, 'https://app.example.com', '/', 'origin-refused', '{"id":"a"}')`);
    expect(await migrate(database)).toBe(migrations.length);
    expect(await database.all(samples.byId, ["a"])).toEqual([{ data: '{"id":"a"}' }]);
    expect(await database.all("SELECT rank, batch FROM corsmith_samples")).toEqual([{ rank: 0.25, batch: 0 }]);
    await database.close();
  },
);

test("versions are counted from 1 on, without a gap", () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, place) => place + 1));
});
