import process from "node:process";
import type { Environment } from "@corsmith/cors";
import { reachable, type SessionAddresses } from "../../serve/announce.ts";
import type { Output, Terminal } from "../../terminal/terminal.ts";
import { type PageOptions, serveWithConsole } from "../dev/run.ts";

/** `corsmith console`: the console and the journal without a gateway, for what middleware reports. Resolves to the exit code. */
export async function runConsole(options: PageOptions, terminal: Terminal, environment: Environment): Promise<number> {
  const request = { folder: process.cwd(), environment, flags: options.flags };
  return await serveWithConsole(request, { ...options, consoleAlone: true }, terminal, announcement);
}

function announcement({ admin }: SessionAddresses, { colors }: Output): string {
  const url = reachable(admin);
  return `
${colors.bold("The console is running and waiting for reports from your server.")}

  Console      ${colors.cyan(url.origin)}/
  In server    import { sendDecisions } from "@corsmith/cors/observe";
               app.use(cors(policy, sendDecisions({ url: "${url.origin}" })));

Ctrl-C stops it.

`;
}
