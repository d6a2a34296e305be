/** One thing that must hold for the whole repository. */
export interface Gate {
  readonly name: string;
  /** What holds when it passes, as one would say it. */
  readonly claim: string;
  /** What to run on Node, one after the other: arguments of `node`. */
  readonly runs: readonly (readonly string[])[];
}

const tsc = "node_modules/typescript/bin/tsc";

export const gates: readonly Gate[] = [
  {
    name: "types",
    claim: "sources, tests and tools type-check",
    runs: [["tools/build.ts"], [tsc, "-p", "tsconfig.tests.json"], [tsc, "-p", "apps/console"]],
  },
  {
    name: "lint",
    claim: "formatted, and clean under Biome",
    runs: [["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."]],
  },
  {
    name: "layers",
    claim: "imports go one way, as the table says",
    runs: [["tools/check-layers.ts"]],
  },
  {
    name: "docs",
    claim: "documented code compiles and runs, links lead somewhere",
    runs: [["tools/check-links.ts"], ["tools/check-docs.ts"]],
  },
  {
    name: "statements",
    claim: "each numbered statement that applies has a test",
    runs: [["tools/check-statements.ts"]],
  },
  {
    name: "unused",
    claim: "no file, export or dependency is left over",
    runs: [["node_modules/knip/bin/knip.js", "--no-progress"]],
  },
  {
    name: "packages",
    claim: "the tarballs are well formed (publint, attw)",
    runs: [["tools/check-packages.ts"]],
  },
];
