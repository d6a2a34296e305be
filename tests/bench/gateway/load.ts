import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { allowedOrigin, askedHeaders, askedMethod } from "../bench-policy.ts";
import { largeBytes } from "./upstream.ts";

/** A kind of request that is sent again and again. */
export interface Load {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  /** What wrk's Lua sets. */
  readonly script: string;
  /** Does it reach the upstream? Then the upstream alone can be measured too. */
  readonly forwarded: boolean;
}

const originLine = `wrk.headers["Origin"] = "${allowedOrigin}"`;

export const loads: readonly Load[] = [
  { id: "get", title: "GET, 11 bytes", path: "/small", script: originLine, forwarded: true },
  {
    id: "preflight",
    title: "preflight",
    path: "/small",
    script: `${originLine}
wrk.method = "OPTIONS"
wrk.headers["Access-Control-Request-Method"] = "${askedMethod}"
wrk.headers["Access-Control-Request-Headers"] = "${askedHeaders}"`,
    forwarded: false,
  },
  { id: "get-64k", title: "GET, 64 KiB", path: "/large", script: originLine, forwarded: true },
  {
    id: "put-64k",
    title: "PUT of 64 KiB",
    path: "/small",
    script: `${originLine}
wrk.method = "PUT"
wrk.headers["Content-Type"] = "text/plain"
wrk.body = string.rep("x", ${largeBytes})`,
    forwarded: true,
  },
];

/** What one run of wrk came to. */
export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Connections that are kept open and busy. */
export const connections = 32;

/** wrk says how it went in words that have to be guessed apart; this makes it say so in JSON. */
const reporting = `
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"errors":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
`;

/**
 * Loads a server with wrk. Latencies are in milliseconds.
 *
 * @throws Error if a request failed: what fails fast is not fast
 */
export async function runLoad(load: Load, port: number, seconds: number, folder: string): Promise<LoadResult> {
  const script = join(folder, `${load.id}.lua`);
  writeFileSync(script, `${load.script}\n${reporting}`);
  const parameters = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "5s", "-s", script];
  const output = await runWrk([...parameters, `http://127.0.0.1:${port}${load.path}`], seconds);
  const result = readResult(output);
  if (result.errors > 0 || result.requests === 0) {
    throw new Error(`${load.title}: ${result.errors} of ${result.requests} requests failed.\n${output}`);
  }
  return {
    requests: result.requests,
    requestsPerSecond: result.requests / (result.microseconds / 1_000_000),
    p50: result.p50 / 1_000,
    p99: result.p99 / 1_000,
  };
}

function runWrk(parameters: readonly string[], seconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("/usr/bin/wrk", parameters, {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: (seconds + 15) * 1_000,
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(output) : reject(new Error(`wrk ended with ${code}:\n${output}`)),
    );
  });
}

interface WrkReport {
  readonly requests: number;
  readonly microseconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
}

function readResult(output: string): WrkReport {
  const line = output.split("\n").find((text) => text.startsWith("{"));
  if (line === undefined) throw new Error(`wrk said nothing that can be read:\n${output}`);
  return JSON.parse(line) as WrkReport;
}
