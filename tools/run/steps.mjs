/**
 * What each step runs on Node 24, as arguments of `node`.
 * @type {Record<string, (args: readonly string[]) => string[]>}
 */
export const steps = {
  // A path or a name of a test goes to all projects: `npm test -- tests/console` runs slow ones too.
  start: (args) => ["packages/corsmith/src/main.ts", "serve", ...args],
  test: (args) => vitest(args.some((arg) => !arg.startsWith("-")) ? [] : ["packages", "tests"], args),
  "test:slow": (args) => vitest(["slow", "packed"], args),
  "test:all": (args) => vitest([], args),
  deep: (args) => ["tools/deep.ts", ...args],
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

/**
 * @param {readonly string[]} projects those of vitest.config.ts; none means all
 * @param {readonly string[]} args
 */
function vitest(projects, args) {
  return ["node_modules/vitest/vitest.mjs", "run", ...projects.map((name) => `--project=${name}`), ...args];
}
