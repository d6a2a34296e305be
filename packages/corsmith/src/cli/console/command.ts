import type { Flags } from "../../config/settings.ts";
import { type AddCommand, addConfigFlags } from "../command.ts";

type ConsoleFlags = Flags & { readonly open?: boolean; readonly json?: boolean };

/** `corsmith console`, its flags and its help. */
export const addConsole: AddCommand = (program, { terminal, environment, finish }) => {
  const command = program
    .command("console")
    .summary("web console for a server that uses the middleware")
    .description(
      "Runs the web console alone, for servers that use the middleware of @corsmith/cors and report their decisions to it. Needs no policy.",
    );
  addConfigFlags(command, ["admin", "adminToken", "adminTokenFile", "journal", "policy", "mode", "logLevel"], {
    admin: "address that serves the console",
    adminToken:
      "token required on the admin address; mandatory unless that address is loopback. Prefer the variable CORSMITH_ADMIN_TOKEN",
    journal: "where to record decisions: a file, postgres://user:password@host/database or memory",
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
