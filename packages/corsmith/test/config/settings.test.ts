import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { flagTable, type SettingDefinition, settingNames, settingTable } from "../../src/config/settings.ts";

/** The rows of the guide's table: flag, variable, key in the file, default. */
const rows = readFileSync(new URL("../../../../docs/guide/gateway.md", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `--"))
  .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")));

/** `--listen <host:port>` as the guide writes it: `--listen HOST:PORT`. */
function inGuide(flag: string): string {
  return flag.replace(/<(?<takes>[^>]+)>/, (_, takes: string) => takes.toUpperCase().replace("...", "…"));
}

test("the guide's table has every flag, in any order, and no other", () => {
  expect(rows.map(([, flag]) => flag).toSorted()).toEqual(
    Object.values(flagTable)
      .map(({ flag }) => inGuide(flag))
      .toSorted(),
  );
});

describe("the guide's row has the variable, the key and the default of", () => {
  test.each(Object.entries(flagTable))("%s", (name, definition) => {
    const [, , variable, key, byDefault] = rows.find(([, flag]) => flag === inGuide(definition.flag)) ?? [];
    const setting: SettingDefinition<unknown> | undefined = Object.entries(settingTable).find(
      ([of]) => of === name,
    )?.[1];
    expect({ variable, key }).toEqual({ variable: definition.variable, key: setting?.key ?? "" });
    if (definition.default) expect(byDefault?.split(/[:,;] /)[0]).toBe(definition.default);
    else expect(byDefault).toMatch(/^(?:none|looked up)\b/);
  });
});

test.each(settingNames)("the default of %s can be read, and its variable is its flag's name", (name) => {
  const { default: text, parse, flag, variable }: SettingDefinition<unknown> = settingTable[name];
  if (text !== undefined) expect(parse(text, flag)).toMatchObject({ ok: true });
  expect(`--${variable.replace("CORSMITH_", "").toLowerCase().replaceAll("_", "-")}`).toBe(flag.split(" ")[0]);
});
