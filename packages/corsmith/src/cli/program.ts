import type { Environment } from "@corsmith/cors";
import { Command, CommanderError } from "commander";
import type { ConfigFinding } from "../config/config-finding.ts";
import { commands } from "./commands.ts";
import { exitCode } from "./exit-code.ts";
import { findingsReport } from "./findings-report.ts";
import { programExamples } from "./help-texts.ts";
import { programVersion } from "./program-version.ts";
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
