import { type Environment, nearestName } from "@corsmith/cors";
import { Command, CommanderError } from "commander";
import { type ConfigFinding, configError } from "../config/config-finding.ts";
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
import { addServe } from "./serve/command.ts";

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
  const program = outline(terminal, args, json);
  const finish = (ended: number): void => {
    code = ended;
  };
  for (const addCommand of commands) addCommand(program, { terminal, environment, finish });
  try {
    await program.parseAsync(withoutHelp(args, commandNames(program)), { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCode.done;
    if (json) terminal.out.write(findingsReport([usageFinding(withHint(error.message, args, program), args)]));
    return exitCode.refused;
  }
}

function outline({ out, err }: Terminal, args: readonly string[], json: boolean): Command {
  const program = new Command("corsmith");
  return (
    program
      .description("One CORS policy in front of any API, and a log that says why a request was refused.")
      .version(programVersion, "-V, --version", "print the version")
      .helpOption("-h, --help", "print this help")
      .helpCommand("help [command]", "print the help of a command")
      .exitOverride()
      // For the commands too: flags behind the word curl of `check curl …` are curl's.
      .enablePositionalOptions()
      .configureOutput({
        writeOut: (text) => out.write(text),
        writeErr: (text) => err.write(text),
        outputError: (text, write) => {
          if (!json) write(`${withHint(text.trimEnd(), args, program)}\n`);
        },
        getOutHelpWidth: () => out.width,
        getErrHelpWidth: () => err.width,
      })
      .addHelpText("after", programExamples)
      .showHelpAfterError("For all commands: corsmith --help")
  );
}

function commandNames({ commands: added }: Command): readonly string[] {
  return added.map((command) => command.name());
}

/** Commander would answer `lint --help` and `help lint` with the help of the program, as if there were no mistake. */
function withoutHelp(args: readonly string[], known: readonly string[]): string[] {
  const isHelp = (word: string): boolean => ["help", "-h", "--help"].includes(word);
  const named = args.find((word) => !isHelp(word));
  const isUnknown = named !== undefined && !named.startsWith("-") && !known.includes(named);
  return isUnknown ? args.filter((word) => !isHelp(word)) : [...args];
}

/** Commander suggests what is near; where nothing is, all commands are few enough to be listed. */
function withHint(message: string, args: readonly string[], program: Command): string {
  if (/^error: unknown command [^\n]*$/.test(message))
    return `${message}\n(One of: ${commandNames(program).join(", ")}.)`;
  return withMeantFlag(message, args);
}

/** What other programs call flags of `serve` and `dev`. */
const otherNames: Readonly<Record<string, string>> = { config: "--policy", port: "--listen", target: "--upstream" };

/** Commander suggests a flag by its own name; where it suggests none, another program's name for it may have been meant. */
function withMeantFlag(message: string, [command]: readonly string[]): string {
  const typed = /^error: unknown option '--(?<name>[^'=]+)[^']*'\.?$/.exec(message)?.groups?.["name"];
  if (typed === undefined || (command !== "serve" && command !== "dev")) return message;
  const meant = otherNames[nearestName(typed, Object.keys(otherNames)) ?? ""];
  return meant === undefined ? message : `${message}\n(Did you mean ${meant}?)`;
}

/** Commander's message, taken apart: `error: unknown option '--x'`, and on the next line the nearest known one. */
function usageFinding(message: string, args: readonly string[]): ConfigFinding {
  const [what = "", hint] = message.replace(/^error: /, "").split("\n");
  const path = /'(?<name>[^' =]+)/.exec(what)?.groups?.["name"] ?? "";
  const fix = hint?.replace(/^\((?:Did you mean (?<name>.*)\?|(?<list>One of.*))\)$/, "$<name>$<list>");
  return configError("usage", path, args.join(" "), `${what}.`, fix ?? "See corsmith --help.");
}

/** Every command, in the order in which the help lists them. */
const commands: readonly AddCommand[] = [addServe, addDev, addConsole, addCheck, addAudit, addExplain, addPreset];

/** Behind the list of commands. */
const programExamples = `
Examples:
  corsmith serve                                       a demo to look at, on free ports
  corsmith serve --upstream http://127.0.0.1:8000      your API, with the policy in corsmith.config.yaml
  corsmith dev --upstream http://127.0.0.1:8000        the same for localhost, with the console
  corsmith check https://api.example.com/orders --origin https://app.example.com
                                                       how a browser would treat a live API
  corsmith audit https://api.example.com/orders --origin https://app.example.com
                                                       what is wrong with its CORS
  corsmith explain "Access to fetch at …"              what a browser's CORS error means
  corsmith preset single-page-app                      a policy to start from

Exit codes: 0 done, 1 failed (check: blocked, audit: findings), 2 invalid
policy or flags, or a port that cannot be used, 3 no response (check, audit).
`;
