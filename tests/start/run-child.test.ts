import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { groupMembers, runNpm, signalGroup } from "./npm-program.ts";

const folder = fileURLToPath(new URL("fixtures", import.meta.url));

type Target = "npm" | "runner" | "group";

/** Starts the fixture, signals it, waits until its server has drained and each of its processes is gone. */
async function endBy(
  script: string,
  target: Target,
  signal: NodeJS.Signals,
): Promise<{ readonly ended: number | NodeJS.Signals | null; readonly received: readonly string[] }> {
  const program = runNpm(["run", script], folder);
  const [, runner = ""] = await program.until(/ready parent=(\d+)/, 20);
  expect(groupMembers(program.npm).length).toBeGreaterThanOrEqual(3);
  if (target === "group") signalGroup(program.npm, signal);
  else process.kill(target === "npm" ? Number(program.npm.pid) : Number(runner), signal);
  const drained = await program.until(/drained after (.*)/, 10);
  const ended = await program.ended;
  await expect.poll(() => groupMembers(program.npm), { timeout: 5000 }).toEqual([]);
  return { ended, received: (drained[1] ?? "").split(" ") };
}

describe.skipIf(process.platform !== "linux")("a step that npm runs ends with its server", () => {
  test.for<[Target, NodeJS.Signals]>([
    ["npm", "SIGTERM"],
    ["npm", "SIGINT"],
    ["runner", "SIGTERM"],
    ["runner", "SIGINT"],
    ["runner", "SIGHUP"],
  ])("%s gets %s: the server gets it once, drains, and npm answers 0", async ([target, signal]) => {
    expect(await endBy("start", target, signal)).toEqual({ ended: 0, received: [signal] });
  });

  test.for<[NodeJS.Signals, number | NodeJS.Signals]>([
    ["SIGTERM", 0],
    ["SIGINT", 0],
    ["SIGHUP", "SIGHUP"],
  ])("the whole group gets %s, as from a terminal: the server drains and npm answers %s", async ([signal, code]) => {
    const { ended, received } = await endBy("start", "group", signal);
    expect(ended).toBe(code);
    // Once from the terminal, at most once more from us, never a third time from npm through us.
    expect(received.length).toBeLessThanOrEqual(2);
    expect(new Set(received)).toEqual(new Set([signal]));
  });

  test("npm is killed outright: the server drains all the same", async () => {
    expect(await endBy("start", "npm", "SIGKILL")).toEqual({ ended: "SIGKILL", received: ["SIGTERM"] });
  });

  test("a shell between npm and the runner dies of the signal: the server drains all the same", async () => {
    const { received } = await endBy("without-exec", "npm", "SIGTERM");
    expect(received).toEqual(["SIGTERM"]);
  });
});
