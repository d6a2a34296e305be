import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { type RunningProgram, runProgram } from "../support/running-program.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** `corsmith serve`, run in an example's own folder as its README says. */
export interface ServedExample {
  readonly url: URL;
  readonly program: RunningProgram;
}

/** @param flags what the README adds to the command */
export async function serveExample(folder: string, upstream: URL, flags: readonly string[]): Promise<ServedExample> {
  const cwd = join(root, "examples", folder);
  const variables = join(cwd, "corsmith.env");
  const own = existsSync(variables) ? parseEnv(readFileSync(variables, "utf8")) : {};
  const env = {
    ...(own as Record<string, string>),
    // Tests run under NODE_ENV=test, and no example does.
    NODE_ENV: "",
    CORSMITH_UPSTREAM: upstream.origin,
    CORSMITH_LISTEN: "127.0.0.1:0",
    CORSMITH_ADMIN: "127.0.0.1:0",
  };
  const main = join(root, "packages/corsmith/src/main.ts");
  const parameters = ["--conditions=@corsmith/source", main, "serve", ...flags];
  const program = await runProgram(process.execPath, parameters, { cwd, env, ready: /"listen":"(?<url>[^"]+)"/ });
  return { url: new URL(program.ready.groups?.["url"] ?? ""), program };
}
