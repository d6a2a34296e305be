import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { requireProgram } from "../../../../tests/support/real-thing.ts";
import { instruments } from "../../src/metrics/instruments.ts";
import type { InstrumentDefinition } from "../../src/metrics/measurements.ts";
import { prometheusLabel, prometheusName } from "../../src/metrics/prometheus-text.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { dashboard } from "./support/grafana-dashboard.ts";

/** Types of JSON: where Grafana has an enumeration, JSON has its text. */
const plainTypes = `type Plain<T> = T extends string ? \`\${T}\` : T extends object ? { [Key in keyof T]: Plain<T[Key]> } : T;`;
const compiler = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url));

const folder = fileURLToPath(new URL("../../../../docs/monitoring/", import.meta.url));
const read = (name: string): string => readFileSync(folder + name, "utf8");

interface Expression {
  readonly where: string;
  readonly text: string;
}

const alerts = parse(read("alerts.yaml")) as { groups: { rules: { alert: string; expr: string }[] }[] };
const expressions: readonly Expression[] = [
  ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => ({ where: alert, text: expr }))),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ where: title, text: expr }))),
];

const definitions: readonly InstrumentDefinition[] = Object.values(instruments);
/** Every name that `/metrics` can have, with its labels. */
const known = new Map(
  definitions.flatMap((definition) => {
    const name = prometheusName(definition);
    const labels = definition.attributes.map(prometheusLabel);
    const parts = definition.kind === "histogram" ? ["_bucket", "_sum", "_count"].map((part) => name + part) : [name];
    return parts.map((part): [string, readonly string[]] => [
      part,
      part.endsWith("_bucket") ? [...labels, "le"] : labels,
    ]);
  }),
);

describe("the dashboard and the alerts", () => {
  test.each(expressions.map(({ where, text }) => [where, text] as const))("%s asks for what there is", (_, text) => {
    const names = text.match(/\b(corsmith|http_server)_\w+/g) ?? [];
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect([...known.keys()]).toContain(name);
    for (const [, name = "", selector = ""] of text.matchAll(/\b(\w+)\{([^}]*)\}/g))
      for (const [, label] of selector.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g))
        expect(known.get(name), `${name} ${label}`).toContain(label);
    const labels = new Set(names.flatMap((name) => known.get(name) ?? []));
    for (const [, by = ""] of text.matchAll(/\bby \(([^)]*)\)/g))
      for (const label of by.split(",")) expect([...labels]).toContain(label.trim());
  });

  test("the legends name labels that there are", () => {
    const labels = [...known.values()].flat();
    for (const { title, targets } of dashboard.panels)
      for (const { legendFormat = "" } of targets)
        for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) expect(labels, title).toContain(label);
  });

  test("the dashboard has the shape that Grafana publishes", () => {
    using workplace = new ConfigFolder();
    symlinkSync(fileURLToPath(new URL("../../../../node_modules", import.meta.url)), workplace.file("node_modules"));
    workplace.write("package.json", '{ "type": "module" }');
    const checked = workplace.write(
      "dashboard.ts",
      `import type { Dashboard } from "@grafana/schema";\n${plainTypes}\nexport const dashboard: Plain<Dashboard> = ${read("grafana-dashboard.json")};\n`,
    );
    const flags = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--types", ""];
    const { status, stdout } = spawnSync(process.execPath, [compiler, ...flags, checked], {
      cwd: workplace.path,
      encoding: "utf8",
      timeout: 60_000,
    });
    expect(status, stdout).toBe(0);
  }, 60_000);

  test.skipIf(!requireProgram("promtool", "prometheus")).each([
    ["the rules", ["check", "rules", "alerts.yaml"]],
    ["what the rules do, by example", ["test", "rules", "alerts.test.yaml"]],
    ["the configuration", ["check", "config", "prometheus.yaml"]],
  ])("promtool accepts %s", (_, args) => {
    const { status, stdout, stderr } = spawnSync("promtool", args, { cwd: folder, encoding: "utf8", timeout: 20_000 });
    expect(status, stdout + stderr).toBe(0);
  });
});

test("no attribute of any instrument is something that a client can choose", () => {
  const bounded = [
    "corsmith.decision",
    "corsmith.kind",
    "corsmith.mode",
    "corsmith.node",
    "corsmith.outcome",
    "corsmith.overlay",
    "corsmith.reason",
    "corsmith.record",
    "corsmith.route",
    "corsmith.version",
    "error.type",
    "http.request.method",
    "http.response.status_code",
    "http.route",
    "url.scheme",
  ];
  expect([...new Set(definitions.flatMap(({ attributes }) => attributes))].toSorted()).toEqual(bounded);
});
