import { openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../support/free-port.ts";
import { allowedOrigin, benchPolicy } from "../bench-policy.ts";
import type { Contender, Place } from "./contender.ts";
import { type RunningServer, startServer } from "./running-server.ts";

/** The built command, as users run it, without a line for each request, like the others. */
export const corsmith: Contender = { name: "corsmith", start: (place) => startCorsmith(place, "warn", "memory") };

/** With its log as it is by default: a line of JSON for each cross-origin request, to a file. */
export const corsmithLogging: Contender = {
  name: "corsmith, logging",
  start: (place) => startCorsmith(place, "info", "memory"),
};

/** With its journal in a file, and without a journal. */
export const corsmithWithFile: Contender = {
  name: "corsmith",
  start: (place) => startCorsmith(place, "warn", join(place.folder, "journal")),
};
export const corsmithWithoutJournal: Contender = {
  name: "without a journal",
  start: (place) => startCorsmith(place, "warn", "off"),
};
export const corsmithWithMemory: Contender = { ...corsmith, name: "journal in memory" };

const program = fileURLToPath(new URL("../../../packages/corsmith/bin/corsmith.js", import.meta.url));

async function startCorsmith(
  { upstream, workers, folder }: Place,
  logLevel: string,
  journal: string,
): Promise<RunningServer> {
  const port = await freePort();
  const file = join(folder, "corsmith.config.json");
  writeFileSync(file, JSON.stringify({ policy: benchPolicy([allowedOrigin]) }));
  return startServer({
    command: process.execPath,
    parameters: [
      program,
      "serve",
      `--upstream=http://127.0.0.1:${upstream}`,
      `--listen=127.0.0.1:${port}`,
      "--admin=127.0.0.1:0",
      `--policy=${file}`,
      `--workers=${workers}`,
      `--log-level=${logLevel}`,
      `--journal=${journal}`,
    ],
    port,
    stdout: openSync(join(folder, "log"), "a"),
    env: { NODE_ENV: "production" },
  });
}
