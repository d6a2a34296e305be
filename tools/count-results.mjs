// node tools/count-results.mjs VITEST_JSON EXIT_CODE [VITEST_JSON EXIT_CODE …] CHECK_JSON EXIT_CODE
// Counts tests and gates from their reports and prints `N passed, N failed, N skipped`, always and last. Exit 1 if anything failed,
// or, with CI=true, was skipped. A step that ended badly without naming a failure, or without a report, counts as one failure.

import { existsSync, readFileSync } from "node:fs";
import process from "node:process";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {string} file
 * @param {string} exitCode
 * @param {(report: any) => Counts} read
 * @returns {Counts}
 */
function countStep(file, exitCode, read) {
  const counts = readCounts(file, read);
  const silent = counts.failed === 0 && exitCode !== "0";
  if (silent) console.log(`${file}: the step ended with ${exitCode} and names no failure; it counts as one.`);
  return silent ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {string} file
 * @param {(report: any) => Counts} read
 * @returns {Counts}
 */
function readCounts(file, read) {
  try {
    if (existsSync(file)) return read(JSON.parse(readFileSync(file, "utf8")));
    console.log(`${file}: there is no report.`);
  } catch (error) {
    console.log(`${file}: the report cannot be read: ${error}`);
  }
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * A file that fails as a whole, while it is loaded or in a hook, has no failed test of its own: it counts as one.
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 */
function countTests({ testResults }) {
  const all = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((each) => each.status === "failed"),
  );
  const passed = all.filter((status) => status === "passed").length;
  const failed = all.filter((status) => status === "failed").length;
  return { passed, failed: failed + broken.length, skipped: all.length - passed - failed };
}

/** @param {{ passed: boolean }[]} gates */
function countGates(gates) {
  const passed = gates.filter((gate) => gate.passed).length;
  return { passed, failed: gates.length - passed, skipped: 0 };
}

/** @param {readonly Counts[]} all */
function sum(all) {
  /** @param {"passed" | "failed" | "skipped"} name */
  const of = (name) => all.reduce((total, counts) => total + counts[name], 0);
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}

/** @type {[report: string, exitCode: string][]} */
const runs = [];
for (let place = 2; place < process.argv.length; place += 2) {
  runs.push([process.argv[place] ?? "", process.argv[place + 1] ?? ""]);
}
const [checkReport, checkCode] = runs.pop() ?? ["", ""];
const tests = sum(runs.map(([report, exitCode]) => countStep(report, exitCode, countTests)));
const gates = countStep(checkReport, checkCode, countGates);
const { passed, failed, skipped } = sum([tests, gates]);

process.exitCode = failed > 0 || (skipped > 0 && process.env["CI"] === "true") ? 1 : 0;
console.log(
  `tests: ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped; gates: ${gates.passed} of ${gates.passed + gates.failed} hold`,
);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
