import type { Bundle } from "./bundle-adapter.ts";

/** One adapter's two bundles. */
export interface SizeRow {
  readonly name: string;
  readonly engine: Bundle;
  readonly whole: Bundle;
}

/** Kilobytes (of 1,000 bytes) with one decimal. */
export function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

/** The page with the sizes. */
export function renderSizes(rows: readonly SizeRow[]): string {
  const cells = rows.map(({ name, engine, whole }) => [
    `\`@corsmith/cors/${name}\``,
    ...[engine.bytes, engine.gzipBytes, whole.bytes, whole.gzipBytes].map(kilobytes),
  ]);
  return `<!-- Written by tests/bundles/sizes.test.ts. To write it anew: UPDATE_SIZES=1 npm test -- tests/bundles -->

# What each adapter weighs

Each adapter is built alone by Rolldown, as one minified file. Sizes are in kilobytes of 1,000 bytes; gzip is at its highest level.

**With the engine** is what runs for each request: the adapter, the decision, the answer, the matcher, and what a checked policy is
compiled to. **Whole** adds what runs once, when the program starts: the checks of a policy, the sentences that explain each mistake with
its fix, and the table of public suffixes. A program has the whole once, however many adapters it uses.

${table([["entry", "with the engine, minified", "gzip", "whole, minified", "gzip"], ...cells])}
`;
}

/** A table whose first column is text and whose others are numbers, padded as the formatter pads it. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const padded = rows.map((cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  return [padded[0] ?? [], rule, ...padded.slice(1)].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
