import { readFileSync } from "node:fs";
import type { Environment } from "@corsmith/cors";
import { Command, CommanderError } from "commander";
import type { ConfigFinding } from "../config/config-finding.ts";
import type { Flags } from "../config/flags.ts";
import { logLevels } from "../config/parse-log-level.ts";
import { exitCode } from "./exit-code.ts";
import { findingsReport } from "./findings-report.ts";
import { programExamples, serveExamples, serveNotes } from "./help-texts.ts";
import { runPreset } from "./preset.ts";
import { runServe } from "./serve.ts";
import type { Terminal } from "./terminal.ts";

/**
 * The command line: reads the arguments, runs the command, and resolves to the exit code. A mistake in the arguments comes with the
 * nearest known name, and with exit code 2.
 *
 * @param args without the program and the script
 */
export async function runProgram(
  args: readonly string[],
  terminal: Terminal,
  environment: Environment,
): Promise<number> {
  const json = args.includes("--json");
  let code: number = exitCode.done;
  const program = outline(terminal, json);
  addServe(program, async (options) => {
    code = await runServe(options, terminal, environment);
  });
  addPreset(program, (name, options) => {
    code = runPreset(name, options, terminal);
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCode.done;
    if (json) terminal.out.write(findingsReport([usageFinding(error, args)]));
    return exitCode.refused;
  }
}

function outline({ out, err }: Terminal, json: boolean): Command {
  return new Command("corsmith")
    .description("One CORS policy in front of any API, with a log that says why.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      outputError: (text, write) => {
        if (!json) write(text);
      },
      getOutHelpWidth: () => out.width,
      getErrHelpWidth: () => err.width,
    })
    .addHelpText("after", programExamples);
}

interface ServeFlags extends Flags {
  readonly check?: boolean;
  readonly json?: boolean;
}

function addServe(
  program: Command,
  run: (options: { flags: Flags; check: boolean; json: boolean }) => Promise<void>,
): void {
  program
    .command("serve")
    .summary("put a CORS policy in front of an API")
    .description(
      "Puts a CORS policy in front of an API, as a reverse proxy that owns the CORS headers. Without --upstream it runs a demo: a small API, and a web page on two origins.",
    )
    .option("--upstream <url>", "the API, as an origin: http://127.0.0.1:8000")
    .option(
      "--policy <file>",
      "a policy, or a whole configuration; otherwise corsmith.config.{ts,js,mjs,json,yaml,yml} is searched from here upwards",
    )
    .option("--listen <host:port>", "where the API is served (default 127.0.0.1:8080)")
    .option("--admin <host:port>", "where /healthz, /readyz and /api/policy are (default 127.0.0.1:9090)")
    .option("--workers <n>", "processes that share the port (default 1)")
    .option("--upstream-timeout <seconds>", "until the API must have begun its answer (default 30)")
    .option(
      "--trust-proxy <cidr...>",
      "proxies in front, whose X-Forwarded-* and Forwarded headers are believed (default none)",
    )
    .option("--change-host", "send the API its own Host header instead of the client's")
    .option("--mode <name>", "the overlay to use: development or production (default NODE_ENV)")
    .option("--log-level <level>", `${logLevels.join(", ")} (default info)`)
    .option("--check", "only validate; print what the configuration comes to")
    .option("--json", "write JSON: findings, the result of --check, the log")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", serveNotes + serveExamples)
    .showHelpAfterError("Every flag: corsmith serve --help")
    .allowExcessArguments(false)
    .action(async ({ check, json, ...flags }: ServeFlags) => {
      await run({ flags, check: check === true, json: json === true });
    });
}

function addPreset(program: Command, run: (name: string | undefined, options: { json: boolean }) => void): void {
  program
    .command("preset")
    .summary("print a policy to start from")
    .description(
      "Prints a preset as the ordinary policy that it is, with what it trades. Without a name, lists the presets.",
    )
    .argument("[name]", "public-api, single-page-app, mobile-backend, internal-tools or development")
    .option("--json", "write { name, summary, trades, needs, policy }, or { presets } without a name")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", "\nExamples:\n  corsmith preset\n  corsmith preset single-page-app > corsmith.config.yaml\n")
    .showHelpAfterError("The names: corsmith preset")
    .allowExcessArguments(false)
    .action((name: string | undefined, { json }: { json?: boolean }) => run(name, { json: json === true }));
}

/** Commander's message, taken apart: `error: unknown option '--x'`, and on the next line the nearest known one. */
function usageFinding({ message }: CommanderError, args: readonly string[]): ConfigFinding {
  const [what = "", hint] = message.replace(/^error: /, "").split("\n");
  return {
    code: "usage",
    severity: "error",
    path: /'(?<name>[^' =]+)/.exec(what)?.groups?.["name"] ?? "",
    value: args.join(" "),
    message: `${what}.`,
    fix: hint?.replace(/^\(Did you mean (?<name>.*)\?\)$/, "$<name>") ?? "See corsmith --help.",
  };
}

/** The manifest lies two folders up from the sources as from the build. */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}
