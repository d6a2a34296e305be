import { defineConfig } from "vitest/config";

// Tests run on the sources as they are; only those of `packed` build the packages first.
const sources = ["@corsmith/source"];
const packed = "tests/packed/**/*.test.ts";

export default defineConfig({
  resolve: { conditions: sources },
  ssr: { resolve: { conditions: sources } },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: "packages", include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts"] },
      },
      { extends: true, test: { name: "tests", include: ["tests/**/*.test.ts"], exclude: [packed] } },
      { extends: true, test: { name: "packed", include: [packed], globalSetup: "tests/packed/build-packages.ts" } },
    ],
  },
});
