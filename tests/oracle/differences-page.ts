import { type Deviation, deviations } from "@corsmith/cors/browser";
import { readOracle } from "./oracle-case.ts";

const head = `<!-- Written by tests/oracle/differences-page.test.ts. To write it again: UPDATE_DIFFERENCES=1 npm test -- tests/oracle -->

# Where browser engines differ from the Fetch standard

The simulator of \`@corsmith/cors/browser\` follows the standard, or one of three engines. These are all the differences that it
knows. They were seen in Chromium 156, Firefox 153 ESR and WebKitGTK 2.50: in ${readOracle().length.toLocaleString("en")} recorded cases, and in generated cases that
are played in the real engines and in the simulator ([how](../../CONTRIBUTING.md#real-engines)). Safari and Chrome on other systems share the
engines, and may differ in what surrounds them.

Where a cell is empty, the engine follows the standard.
`;

/** The page of the reference that says in what the engines differ. */
export function differencesPage(): string {
  const rows = Object.entries(deviations).map(([name, row]) => tableRow(name, row));
  const columns = ["", "the standard", "Chromium", "Firefox", "WebKit", "seen in"];
  const table = [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${head}\n${table.join("\n")}\n`;
}

function tableRow(name: string, row: Deviation<unknown>): readonly string[] {
  const { what, section, standard = false, chromium, firefox, webkit, cases, measured } = row;
  const title = `[${escaped(what)}](https://fetch.spec.whatwg.org/#${section}) (\`${name}\`)`;
  const seen = [...(cases ?? []), ...(measured === undefined ? [] : [escaped(measured)])].join(", ");
  return [
    title,
    shown(standard),
    ...[chromium, firefox, webkit].map((value) => (value === undefined ? "" : shown(value))),
    seen,
  ];
}

function shown(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === Number.POSITIVE_INFINITY) return "no limit";
  if (Array.isArray(value)) return value.length === 0 ? "none" : escaped(value.join(", "));
  return value === ", " || value === "," ? `\`${JSON.stringify(value)}\`` : escaped(String(value));
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("*", "\\*");
}
