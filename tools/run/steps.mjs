/**
 * What each step runs on Node 24, as arguments of `node`.
 * @type {Record<string, (args: readonly string[]) => string[]>}
 */
export const steps = {
  start: (args) => ["packages/corsmith/src/main.ts", "serve", ...args],
  test: (args) => ["node_modules/vitest/vitest.mjs", "run", ...args],
  check: (args) => ["tools/check.ts", ...args],
  bench: (args) => ["tests/bench/main.ts", ...args],
  engines: (args) => ["tests/engines/run.ts", ...args],
  record: (args) => ["tests/engines/record.ts", ...args],
  build: (args) => ["tools/build.ts", ...args],
};

/**
 * What is run before a step, as arguments of `node`.
 * @type {Record<string, readonly string[]>}
 */
export const preparations = { start: ["tools/build-console.ts"] };
