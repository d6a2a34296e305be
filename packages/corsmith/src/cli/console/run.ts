import process from "node:process";
import type { Environment } from "@corsmith/cors";
import { type LoadRequest, loadConfiguration } from "../../config/load-configuration.ts";
import { reachable } from "../../serve/announce.ts";
import { refuseFindings } from "../../terminal/findings.ts";
import { openPage } from "../../terminal/open-page.ts";
import type { Output, Terminal } from "../../terminal/terminal.ts";
import type { PageOptions } from "../dev/run.ts";

/** `corsmith console`: the console and the journal without a gateway, for what middleware reports. Resolves to the exit code. */
export async function runConsole(options: PageOptions, terminal: Terminal, environment: Environment): Promise<number> {
  const request: LoadRequest = { folder: process.cwd(), environment, flags: options.flags };
  const outcome = loadConfiguration(request);
  const { configuration } = outcome;
  if (configuration === undefined) return refuseFindings(outcome.findings, options, terminal);
  const { runSession } = await import("../../serve/session.ts");
  return await runSession({
    request,
    outcome,
    configuration,
    terminal,
    json: options.json,
    consoleAlone: true,
    announcement({ admin }) {
      const url = reachable(admin);
      if (options.open && terminal.out.isTerminal) openPage(url);
      return announcement(url, terminal.out);
    },
  });
}

function announcement(url: URL, { colors }: Output): string {
  return `
${colors.bold("The console is running and waiting for reports from your server.")}

  Console      ${colors.cyan(url.origin)}/
  In server    import { sendDecisions } from "@corsmith/cors/observe";
               app.use(cors(policy, sendDecisions({ url: "${url.origin}" })));

Ctrl-C stops it.

`;
}
