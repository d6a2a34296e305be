import type { Flags } from "../../config/settings.ts";
import { type AddCommand, addConfigFlags } from "../command.ts";

type ConsoleFlags = Flags & { readonly open?: boolean; readonly json?: boolean };

/** `corsmith console`, its flags and its help. */
export const addConsole: AddCommand = (program, { terminal, environment, finish }) => {
  const command = program
    .command("console")
    .summary("web console for a server that uses the middleware")
    .description(
      "The console without a gateway: it shows what the middleware of @corsmith/cors reports to it. Serves no API, and needs no policy.",
    );
  addConfigFlags(command, ["admin", "adminToken", "adminTokenFile", "journal", "policy", "mode", "logLevel"], {
    admin: "address that serves the console",
    adminToken:
      "token that clients of the admin address must send; must be set unless the address is loopback. Better set as CORSMITH_ADMIN_TOKEN",
    journal: "where decisions are kept: a file, postgres://user:password@host/database or memory",
    policy: "your server's policy, to show and try out in the console",
  })
    .option("--open", "open the console in your browser")
    .option("--json", "write the log as JSON")
    .addHelpText("after", "\nExamples:\n  corsmith console\n  corsmith console --journal corsmith.journal --open\n")
    .showHelpAfterError("For all flags: corsmith console --help")
    .action(async ({ open, json, ...flags }: ConsoleFlags) => {
      const { runConsole } = await import("./run.ts");
      finish(await runConsole({ flags, open: open === true, json: json === true }, terminal, environment));
    });
};
