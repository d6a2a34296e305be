import { checkPolicy, type PresetName, presets } from "@corsmith/cors";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runPreset } from "../../src/cli/preset/run.ts";
import { loadConfiguration } from "../../src/config/load-configuration.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { fakeTerminal } from "./support/fake-terminal.ts";

const names = Object.keys(presets) as PresetName[];

describe("corsmith preset", () => {
  test("lists them all", () => {
    const terminal = fakeTerminal(100);
    expect(runPreset(undefined, { json: false }, terminal)).toBe(0);
    for (const name of names) expect(terminal.out.text).toContain(`  ${name}\n    ${presets[name].summary}`);
  });

  test.each(names)("%s is a policy file that is valid as it is, and says what it trades", (name) => {
    const terminal = fakeTerminal();
    expect(runPreset(name, { json: false }, terminal)).toBe(0);
    using folder = new ConfigFolder({ "corsmith.config.yaml": terminal.out.text });
    const { configuration, findings } = loadConfiguration({ folder: folder.path, environment: {}, flags: {} });
    expect(findings).toEqual([]);
    expect(configuration?.policies).toBeDefined();
    const comments = terminal.out.text.replace(/\n# +/g, " ");
    for (const trade of presets[name].trades) expect(comments).toContain(trade);
    expect(parse(terminal.out.text)).toMatchObject(JSON.parse(JSON.stringify(presets[name].policy)));
  });

  test.each(names)("%s is data with --json", (name) => {
    const terminal = fakeTerminal();
    runPreset(name, { json: true }, terminal);
    const report = JSON.parse(terminal.out.text) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual(["name", "summary", "trades", "needs", "policy"]);
    const needed = Object.fromEntries(presets[name].needs.map((key) => [key, ["https://app.example.com"]]));
    expect(checkPolicy({ ...needed, ...(report["policy"] as object) })).toEqual([]);
  });
});
