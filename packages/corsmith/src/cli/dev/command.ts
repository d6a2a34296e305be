import type { Flags } from "../../config/settings.ts";
import { type AddCommand, addConfigFlags } from "../command.ts";

type DevFlags = Flags & { readonly open?: boolean; readonly json?: boolean };

/** `corsmith dev`, its flags and its help. */
export const addDev: AddCommand = (program, { terminal, environment, finish }) => {
  const command = program
    .command("dev")
    .summary("the same on your own machine, with the console")
    .description(
      "Runs a gateway with the preset `development` in front of an API on your own machine: pages on localhost, on any port, may call it. Prints where the console is. If your configuration has a policy under $development, that one is used instead.",
    );
  addConfigFlags(command, ["upstream", "policy", "listen", "admin", "journal", "logLevel"], {
    policy: "a configuration; otherwise corsmith.config.* is looked up in this folder, then in its parents",
    admin: "address that serves the console",
    journal: "where to record decisions: a file, memory or off",
  })
    .option("--open", "open the console in your browser")
    .option("--json", "write the log as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  corsmith dev --upstream http://127.0.0.1:8000\n  corsmith dev --upstream http://127.0.0.1:8000 --open\n",
    )
    .showHelpAfterError("For all flags: corsmith dev --help")
    .action(async ({ open, json, ...flags }: DevFlags) => {
      const { runDev } = await import("./run.ts");
      finish(await runDev({ flags, open: open === true, json: json === true }, terminal, environment));
    });
};
