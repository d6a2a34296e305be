import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { groupMembers, runNpm, signalGroup } from "./npm-program.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

type Target = "npm" | "node" | "group";

describe.skipIf(process.platform !== "linux")("npm start", () => {
  test.for<[string, Target, NodeJS.Signals]>([
    ["SIGTERM to npm", "npm", "SIGTERM"],
    ["SIGTERM to the node process", "node", "SIGTERM"],
    ["Ctrl-C in a terminal", "group", "SIGINT"],
  ])("serves the demo, and %s ends all of it", { timeout: 60_000 }, async ([, target, signal]) => {
    const program = runNpm(["start"], root);
    const [, api = ""] = await program.until(/curl -i (http:\/\/\S+)\/orders -H/, 40);
    const [, page = ""] = await program.until(/-H 'Origin: ([^']+)'/, 5);
    const answer = await fetch(`${api}/orders`, { headers: { origin: page } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(page);

    if (target === "group") signalGroup(program.npm, signal);
    else process.kill(target === "npm" ? Number(program.npm.pid) : serverOf(groupMembers(program.npm)), signal);

    expect(await program.ended).toBe(0);
    await expect.poll(() => groupMembers(program.npm), { timeout: 5000 }).toEqual([]);
    await expect(fetch(`${api}/orders`)).rejects.toThrow("fetch failed");
    expect(program.output()).not.toMatch(/^npm error/m);
  });
});

/** The last of npm, the runner and the server to have started. */
function serverOf(members: readonly string[]): number {
  return Math.max(...members.map((member) => Number.parseInt(member, 10)));
}
