import type { Environment } from "@corsmith/cors";
import { Command, CommanderError } from "commander";
import type { ConfigFinding } from "../config/config-finding.ts";
import { exitCode } from "../terminal/exit-code.ts";
import { findingsReport } from "../terminal/findings.ts";
import { programVersion } from "../terminal/program-version.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { addAudit } from "./audit/command.ts";
import { addCheck } from "./check/command.ts";
import type { AddCommand } from "./command.ts";
import { addConsole } from "./console/command.ts";
import { addDev } from "./dev/command.ts";
import { addExplain } from "./explain/command.ts";
import { addPreset } from "./preset/command.ts";
import { addServe, programExamples } from "./serve/command.ts";

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
  const finish = (ended: number): void => {
    code = ended;
  };
  for (const addCommand of commands) addCommand(program, { terminal, environment, finish });
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
  return (
    new Command("corsmith")
      .description("One CORS policy in front of any API, with a log that says why.")
      .version(programVersion, "-V, --version", "print the version")
      .helpOption("-h, --help", "print this help")
      .helpCommand("help [command]", "print the help of a command")
      .exitOverride()
      // A command reads what stands behind its name itself: `check curl …` hands flags of curl through.
      .enablePositionalOptions()
      .configureOutput({
        writeOut: (text) => out.write(text),
        writeErr: (text) => err.write(text),
        outputError: (text, write) => {
          if (!json) write(text);
        },
        getOutHelpWidth: () => out.width,
        getErrHelpWidth: () => err.width,
      })
      .addHelpText("after", programExamples)
  );
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

/** Every command, in the order in which the help lists them. */
const commands: readonly AddCommand[] = [addServe, addDev, addConsole, addCheck, addAudit, addExplain, addPreset];
