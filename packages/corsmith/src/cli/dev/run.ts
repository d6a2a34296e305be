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
  const flags = { mode: "development", ...options.flags };
  const request = { folder: process.cwd(), environment, flags, policyWithoutOverlay: presets.development.policy };
  return await serveWithConsole(request, options, terminal, announcement);
}

/** Serves what the configuration says, and opens the console if that is asked for. Resolves to the exit code. */
export async function serveWithConsole(
  request: LoadRequest,
  { open, json, consoleAlone = false }: Omit<PageOptions, "flags"> & { readonly consoleAlone?: boolean },
  terminal: Terminal,
  announced: (addresses: SessionAddresses, out: Output, policySource: string) => string,
): Promise<number> {
  const outcome = loadConfiguration(request);
  const { configuration } = outcome;
  if (configuration === undefined) return refuseFindings(outcome.findings, { json }, terminal);
  if (!consoleAlone && configuration.settings.upstream.value === undefined)
    return refuseFindings([upstreamMissing], { json }, terminal);
  const { runSession } = await import("../../serve/session.ts");
  const announcement = (addresses: SessionAddresses): string => {
    if (open && terminal.out.isTerminal) openPage(reachable(addresses.admin));
    return announced(addresses, terminal.out, configuration.policySource);
  };
  return await runSession({ request, outcome, configuration, terminal, json, consoleAlone, announcement });
}

const upstreamMissing = configError(
  "upstream-missing",
  "--upstream",
  undefined,
  "No API was given.",
  "corsmith dev --upstream http://127.0.0.1:8000",
);

function announcement({ listen, admin, upstream }: SessionAddresses, { colors }: Output, source: string): string {
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
