import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../packages/corsmith/src/main.ts", import.meta.url));

/** `corsmith serve` with a journal, in a process of its own. */
export interface GatewayProcess {
  readonly url: URL;
  /** The lines of its log so far. */
  log(): readonly Readonly<Record<string, unknown>>[];
  /** Ends it by a signal. Resolves when it has ended, to its exit code. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

/** Starts it in front of an upstream, under a policy that allows every origin. */
export async function startGatewayProcess(upstream: URL, flags: readonly string[]): Promise<GatewayProcess> {
  const folder = mkdtempSync(join(tmpdir(), "corsmith-gateway-"));
  writeFileSync(join(folder, "policy.json"), JSON.stringify({ allowOrigins: "*" }));
  const own = [
    "--upstream",
    upstream.origin,
    "--policy",
    "policy.json",
    "--listen",
    "0",
    "--admin",
    "0",
    "--log-level",
    "info",
  ];
  const child = spawn(process.execPath, ["--conditions=@corsmith/source", main, "serve", ...own, ...flags], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", kill);
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      process.off("exit", kill);
      rmSync(folder, { recursive: true, force: true });
      resolve(code);
    });
  });
  const kept: Record<string, unknown>[] = [];
  const url = await listening(child, kept, ended);
  return {
    url,
    log: () => kept,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Keeps the lines that tell of an event; the lines about decisions are read and let go. */
function listening(child: ChildProcess, kept: Record<string, unknown>[], ended: Promise<number | null>): Promise<URL> {
  return new Promise((resolve, reject) => {
    let rest = "";
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (!line.includes('"event":')) continue;
        const entry = JSON.parse(line) as Record<string, unknown>;
        kept.push(entry);
        if (entry["event"] === "serving") resolve(new URL(String(entry["listen"])));
      }
    });
    void ended.then((code) => reject(new Error(`corsmith serve ended with ${code}:\n${said}${JSON.stringify(kept)}`)));
  });
}
