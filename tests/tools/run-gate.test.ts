import { expect, test } from "vitest";
import { gates } from "../../tools/check/gates.ts";
import { runGate } from "../../tools/check/run-gate.ts";

const say = (words: string, code: number): readonly string[] => [
  "--eval",
  `console.log("${words}"); process.exitCode = ${code}`,
];

test("a gate passes when all its programs do, and keeps what they said", async () => {
  const result = await runGate({ name: "a", claim: "", runs: [say("one", 0), say("two", 0)] });
  expect(result).toMatchObject({ name: "a", passed: true, output: "one\ntwo\n" });
});

test("a gate fails when any of its programs does, and still runs the others", async () => {
  const result = await runGate({ name: "a", claim: "", runs: [say("one", 1), say("two", 0)] });
  expect(result).toMatchObject({ passed: false, output: "one\ntwo\n" });
});

test("gates have names of their own, and each runs something", () => {
  expect(new Set(gates.map(({ name }) => name)).size).toBe(gates.length);
  expect(gates.filter(({ runs }) => runs.length === 0)).toEqual([]);
});
