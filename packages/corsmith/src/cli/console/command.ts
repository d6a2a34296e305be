import { logLevels } from "../../config/parse-settings.ts";
import type { Flags } from "../../config/settings.ts";
import type { AddCommand } from "../command.ts";

interface ConsoleFlags extends Flags {
  readonly open?: boolean;
  readonly json?: boolean;
}

/** `corsmith console`, its flags and its help. */
export const addConsole: AddCommand = (program, { terminal, environment, finish }) => {
  program
    .command("console")
    .summary("the console beside a server that uses the middleware")
    .description(
      "The console without a gateway: it shows what the middleware of @corsmith/cors reports to it. Serves no API, and needs no policy.",
    )
    .option("--admin <host:port>", "where the console is (default 127.0.0.1:9090)")
    .option(
      "--admin-token <token>",
      "demanded of whoever asks; needed on any address but loopback. Rather a variable: CORSMITH_ADMIN_TOKEN",
    )
    .option("--admin-token-file <file>", "the same, from a file")
    .option(
      "--journal <place>",
      "where decisions are kept: a file, postgres://user:password@host/database or memory (default memory)",
    )
    .option("--policy <file>", "the policy of your server, to be shown and tried")
    .option("--mode <name>", "the overlay to use: development or production (default NODE_ENV)")
    .option("--open", "open the console in your browser")
    .option("--log-level <level>", `${logLevels.join(", ")} (default info)`)
    .option("--json", "write the log as JSON")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", "\nExamples:\n  corsmith console\n  corsmith console --journal corsmith.journal --open\n")
    .showHelpAfterError("Every flag: corsmith console --help")
    .allowExcessArguments(false)
    .action(async ({ open, json, ...flags }: ConsoleFlags) => {
      const { runConsole } = await import("./run.ts");
      finish(await runConsole({ flags, open: open === true, json: json === true }, terminal, environment));
    });
};
