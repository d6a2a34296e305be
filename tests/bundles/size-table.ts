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

/** What a bundle is made of, each part by its files; the first that matches has a file. */
const parts: readonly (readonly [name: string, files: RegExp])[] = [
  ["the table of public suffixes", /^origin\/public-suffix/],
  [
    "the checks of a policy, with what they say",
    /^policy\/(?!policy\.|compile-|sealed-)|^origin\/(correct|parse-origin-p)/,
  ],
  ["compiling a policy, and the matcher of origins", /^policy\/|^origin\//],
  ["policies by route, and one that is chosen", /^routes\/|^adapters\/(policy-source|choose-policy)/],
  ["the decision and its answer", /^(decide|respond|http)\//],
  ["the adapter, and what it tells of decisions", /^(adapters|observe)\//],
];

/** The parts of a bundle with their gzipped bytes. Alone each packs worse than together, so they add up to more than the bundle. */
export function weighParts(bundle: Bundle): readonly (readonly [name: string, gzipBytes: number])[] {
  const partOf = (path: string): string | undefined => parts.find(([, files]) => files.test(path))?.[0];
  return parts.map(([name]) => [name, bundle.weigh((path) => partOf(path) === name)]);
}

/** The page with the sizes. */
export function renderSizes(rows: readonly SizeRow[]): string {
  const cells = rows.map(({ name, engine, whole }) => [
    `\`@corsmith/cors/${name}\``,
    ...[engine.bytes, engine.gzipBytes, whole.bytes, whole.gzipBytes].map(kilobytes),
  ]);
  const node = rows.find(({ name }) => name === "node");
  const weights = node === undefined ? [] : weighParts(node.whole);
  return `<!-- Written by tests/bundles/sizes.test.ts. To update it: UPDATE_SIZES=1 npm test -- tests/bundles -->

# What each adapter weighs

Each adapter is built alone by Rolldown, as one minified file, from what a program imports by the package's name. Sizes are in kilobytes of
1,000 bytes; gzip is at its highest level.

**Checked before** is \`enforce\` of the adapter and \`restorePolicy\`: all that runs for a request, and a policy that was checked and sealed
while the program was built ([how](../guide/library.md#a-policy-that-is-checked-at-build-time)). **Whole** is everything that the adapter exports:
\`cors\` adds what runs once, when the program starts. A program has the whole once, however many adapters it uses.

${table([["entry", "checked before, minified", "gzip", "whole, minified", "gzip"], ...cells])}

## What the whole is made of

${table([["in the whole of `@corsmith/cors/node`", "gzip"], ...weights.map(([name, bytes]) => [name, kilobytes(bytes)])])}

The parts were packed one by one, so they add up to a little more than the whole.

The checks are most of it, and about half of the checks are sentences: what is wrong with an entry, and its fix. They stay where \`cors\`
takes a policy as it is written, in production too, for that is where a wrong origin in an environment variable stops a program. Other
ways were measured:

- Leaving the sentences out of production builds by an export condition saves 4.1 kB. A deployment with a mistake would then
  show only a code to look up, and not every bundler sets the condition, so the same mistake would be reported in different ways.
- Packing the table of public suffixes as bits saves 0.2 kB and makes it unreadable. Leaving it out would let \`https://*.github.io\` pass.
- Loading the checks on demand is not synchronous, and a policy with a mistake must stop the program immediately.

So a server loads everything, at no noticeable cost; and where bytes count, in a worker at the edge, the policy is checked at build time.
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
