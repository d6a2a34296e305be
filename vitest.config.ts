import process from "node:process";
import { defineConfig } from "vitest/config";
import { RunningTests } from "./tools/vitest/running-tests.ts";

// Tests run on the sources as they are; only those of `packed` build the packages first.
const sources = ["@corsmith/source"];
const packed = "tests/packed/**/*.test.ts";

/** Real browsers, frameworks and servers, floods and kills, and the guide run page by page: minutes each. `npm run test:slow` runs them. */
const slow = [
  "packages/corsmith/test/engines/**/*.test.ts",
  "packages/corsmith/test/metrics/{otlp,prometheus}.test.ts",
  "packages/corsmith/test/serve/{drain-under-load,reload-under-load,workers}.test.ts",
  "tests/{audit,bench,browser,check,console,engines,examples,frameworks,hosts,journal,paths,snippets,start}/**/*.test.ts",
  "tests/docs/{container,examples,guide}.test.ts",
];

/** Where `.ci/run` wants its report, without the ending. */
const report = process.env["CORSMITH_TEST_REPORT"];

export default defineConfig({
  resolve: { conditions: sources },
  ssr: { resolve: { conditions: sources } },
  test: {
    // For the threads and programs that the code under test starts itself: they run on the sources too.
    execArgv: sources.map((name) => `--conditions=${name}`),
    testTimeout: 20_000,
    hookTimeout: 60_000,
    ...(report === undefined
      ? {}
      : { reporters: ["default", ["json", { outputFile: `${report}.json` }], new RunningTests(`${report}.running`)] }),
    projects: [
      {
        extends: true,
        test: {
          name: "packages",
          include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts"],
          exclude: slow,
        },
      },
      { extends: true, test: { name: "tests", include: ["tests/**/*.test.ts"], exclude: [packed, ...slow] } },
      { extends: true, test: { name: "slow", include: slow } },
      { extends: true, test: { name: "packed", include: [packed], globalSetup: "tests/packed/build-packages.ts" } },
    ],
  },
});
