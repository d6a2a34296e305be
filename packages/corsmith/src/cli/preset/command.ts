import type { AddCommand } from "../command.ts";
import { runPreset } from "./run.ts";

/** `corsmith preset`, its flags and its help. */
export const addPreset: AddCommand = (program, { terminal, finish }) => {
  program
    .command("preset")
    .summary("print a policy to start from")
    .description("Prints a preset as an ordinary policy, with its trade-offs. Without a name, lists the presets.")
    .argument("[name]", "public-api, single-page-app, mobile-backend, internal-tools or development")
    .option("--json", "write { name, summary, trades, needs, policy }, or { presets } without a name")
    .addHelpText("after", "\nExamples:\n  corsmith preset\n  corsmith preset single-page-app > corsmith.config.yaml\n")
    .showHelpAfterError("The names: corsmith preset")
    .action((name: string | undefined, { json }: { json?: boolean }) => {
      finish(runPreset(name, { json: json === true }, terminal));
    });
};
