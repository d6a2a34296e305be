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
  const lines = rows.map(({ name, engine, whole }) => {
    const cells = [engine.bytes, engine.gzipBytes, whole.bytes, whole.gzipBytes].map(kilobytes);
    return `| \`@corsmith/cors/${name}\` | ${cells.join(" | ")} |`;
  });
  return `<!-- Written by tests/bundles/sizes.test.ts. To write it anew: UPDATE_SIZES=1 npm test -- tests/bundles -->
# What each adapter weighs

Each adapter is built alone by Rolldown, as one minified file. Sizes are in kilobytes of 1,000 bytes; gzip is at its highest level.

**With the engine** is what runs for each request: the adapter, the decision, the answer, the matcher, and what a checked policy is
compiled to. **Whole** adds what runs once, when the program starts: the checks of a policy, the sentences that explain each mistake with
its fix, and the table of public suffixes. A program has the whole once, however many adapters it uses.

| entry | with the engine, minified | gzip | whole, minified | gzip |
|---|--:|--:|--:|--:|
${lines.join("\n")}
`;
}
