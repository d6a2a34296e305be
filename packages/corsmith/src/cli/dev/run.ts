import process from "node:process";
import { type Environment, presets } from "@corsmith/cors";
import { configError } from "../../config/config-finding.ts";
import { type LoadRequest, loadConfiguration } from "../../config/load-configuration.ts";
import type { Flags } from "../../config/settings.ts";
import { reachable, type SessionAddresses } from "../../serve/announce.ts";
import { refuseFindings } from "../../terminal/findings.ts";
import { openPage } from "../../terminal/open-page.ts";
import type { Output, Terminal } from "../../terminal/terminal.ts";

/** The flags of `dev` and of `console` beside those of the configuration. */
export interface PageOptions {
  readonly flags: Flags;
  /** Open the console in a browser. */
  readonly open: boolean;
  readonly json: boolean;
}

/** `corsmith dev`: the preset `development` in front of an API on this machine, and the console. Resolves to the exit code. */
export async function runDev(options: PageOptions, terminal: Terminal, environment: Environment): Promise<number> {
  const request: LoadRequest = {
    folder: process.cwd(),
    environment,
    flags: { mode: "development", ...options.flags },
    policyWithoutOverlay: presets.development.policy,
  };
  const outcome = loadConfiguration(request);
  const { configuration } = outcome;
  if (configuration === undefined) return refuseFindings(outcome.findings, options, terminal);
  if (configuration.settings.upstream.value === undefined) return refuseFindings([upstreamMissing], options, terminal);
  const { runSession } = await import("../../serve/session.ts");
  return await runSession({
    request,
    outcome,
    configuration,
    terminal,
    json: options.json,
    announcement(addresses) {
      if (options.open && terminal.out.isTerminal) openPage(reachable(addresses.admin));
      return announcement(addresses, configuration.policySource, terminal.out);
    },
  });
}

const upstreamMissing = configError(
  "upstream-missing",
  "--upstream",
  undefined,
  "No API was given.",
  "corsmith dev --upstream http://127.0.0.1:8000",
);

function announcement({ listen, admin, upstream }: SessionAddresses, source: string, { colors }: Output): string {
  const line = (label: string, text: string): string => `  ${label.padEnd(12)} ${text}\n`;
  const address = (url: URL | undefined): string => (url === undefined ? "" : colors.cyan(reachable(url).origin));
  return [
    `\n${colors.bold("Your API, with CORS for pages on this machine.")}\n\n`,
    line("Call", `${address(listen)} instead of ${upstream?.origin ?? ""}`),
    line("Console", `${address(admin)}/`),
    line("Policy", source),
    "\nCtrl-C stops it.\n\n",
  ].join("");
}
