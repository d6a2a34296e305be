import { spawn } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import process from "node:process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../examples/incorrect/", import.meta.url));
const files = globSync("*.ts", { cwd: folder })
  .filter((file) => file !== "show.ts")
  .toSorted();

async function run(file: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ["--conditions=@corsmith/source", file], { cwd: folder, timeout: 15_000 });
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { code, stdout, stderr };
}

describe("examples/incorrect", () => {
  it.each(files)("%s goes wrong as it says, and right as it says", async (file) => {
    const { code, stdout, stderr } = await run(file);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^wrong: .+\n(.|\n)*^right: .+\n/m);
    expect(code).toBe(0);
  });

  it("names every file in its README", () => {
    const readme = readFileSync(new URL("README.md", `file://${folder}`), "utf8");
    const named = [...readme.matchAll(/\]\(([a-z-]+\.ts)\)/g)].map((match) => match[1]);
    expect(named.toSorted()).toEqual(files);
  });
});
