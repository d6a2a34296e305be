import { logLevels } from "../../config/parse-settings.ts";
import type { Flags } from "../../config/settings.ts";
import type { AddCommand } from "../command.ts";

interface DevFlags extends Flags {
  readonly open?: boolean;
  readonly json?: boolean;
}

/** `corsmith dev`, its flags and its help. */
export const addDev: AddCommand = (program, { terminal, environment, finish }) => {
  program
    .command("dev")
    .summary("the same on your own machine, with the console")
    .description(
      "Puts the preset `development` in front of an API on your own machine: pages of localhost, on any port, may call it. Prints where the console is. Where your configuration has a policy under $development, that one holds.",
    )
    .option("--upstream <url>", "the API, as an origin: http://127.0.0.1:8000")
    .option("--policy <file>", "a configuration; otherwise corsmith.config.* is searched from here upwards")
    .option("--listen <host:port>", "where the API is served (default 127.0.0.1:8080)")
    .option("--admin <host:port>", "where the console is (default 127.0.0.1:9090)")
    .option("--journal <place>", "where decisions are kept: a file, memory or off (default memory)")
    .option("--open", "open the console in your browser")
    .option("--log-level <level>", `${logLevels.join(", ")} (default info)`)
    .option("--json", "write the log as JSON")
    .helpOption("-h, --help", "print this help")
    .addHelpText(
      "after",
      "\nExamples:\n  corsmith dev --upstream http://127.0.0.1:8000\n  corsmith dev --upstream http://127.0.0.1:8000 --open\n",
    )
    .showHelpAfterError("Every flag: corsmith dev --help")
    .allowExcessArguments(false)
    .action(async ({ open, json, ...flags }: DevFlags) => {
      const { runDev } = await import("./run.ts");
      finish(await runDev({ flags, open: open === true, json: json === true }, terminal, environment));
    });
};
