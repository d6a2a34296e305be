import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { requireProgram } from "../../../../tests/support/real-thing.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";

const entry = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const script = "script";

/** Runs `serve` in a terminal of its own until the log says that it serves. */
async function serveInTerminal(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly output: () => string; readonly hangUp: () => Promise<void> }> {
  using folder = new ConfigFolder();
  const command = `stty cols 80; exec ${process.execPath} --conditions=@corsmith/source ${entry} serve`;
  const child = spawn(script, ["-qfec", command, "/dev/null"], {
    cwd: folder.path,
    env: { PATH: process.env["PATH"], TERM: "xterm", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  const serving = Promise.withResolvers<void>();
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    if (text.includes("Serving http")) serving.resolve();
  });
  child.once("close", () => serving.reject(new Error(`It ended early: ${text}`)));
  await serving.promise;
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    output: () => text,
    hangUp: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

describe.skipIf(!requireProgram(script, "bsdutils"))("in a terminal", () => {
  test("the log is for people, in colours, and closing the window ends the program", async () => {
    const { output, hangUp } = await serveInTerminal({});
    expect(output()).toMatch(/\[\d\d:\d\d:\d\d\] \u001B\[32mINFO\u001B\[39m: /);
    expect(output()).not.toContain('{"level"');
    const api = /The API, through Corsmith\s+\u001B\[36m(?<url>http:\S+?)\u001B/.exec(output())?.groups?.["url"] ?? "";
    expect((await fetch(`${api}/orders`)).status).toBe(200);
    await hangUp();
    const deadline = performance.now() + 5_000;
    let serves = true;
    while (serves && performance.now() < deadline)
      serves = await fetch(`${api}/orders`).then(
        () => true,
        () => false,
      );
    expect(serves, "nobody sees it any more").toBe(false);
  });

  test("NO_COLOR is honoured", async () => {
    const { output, hangUp } = await serveInTerminal({ NO_COLOR: "1" });
    expect(output()).toMatch(/\[\d\d:\d\d:\d\d\] INFO: Serving/);
    expect(output()).not.toContain("\u001B");
    await hangUp();
  });
});
