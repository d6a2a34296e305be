import process from "node:process";
import type { Environment } from "@corsmith/cors";
import type { ConfigFinding } from "../../config/config-finding.ts";
import { type Configuration, type LoadOutcome, requirePolicy } from "../../config/configuration.ts";
import { type LoadRequest, loadConfiguration } from "../../config/load-configuration.ts";
import type { Flags } from "../../config/settings.ts";
import type { Demo } from "../../demo/start-demo.ts";
import { exitCode } from "../../terminal/exit-code.ts";
import { countFindings, findingsReport, formatFindings, refuseFindings } from "../../terminal/findings.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { configurationReport, formatConfiguration, policyExample } from "./format.ts";

/** The flags of `serve` beside those of the configuration. */
export interface ServeOptions {
  readonly flags: Flags;
  /** Validate, print the result, and end. */
  readonly check: boolean;
  /** Write data for programs, the log too. */
  readonly json: boolean;
}

/**
 * `corsmith serve`: the gateway in front of an API, or in front of the embedded demo where no API is named. Resolves to the exit code
 * when it has ended.
 */
export async function runServe(options: ServeOptions, terminal: Terminal, environment: Environment): Promise<number> {
  const request: LoadRequest = { folder: process.cwd(), environment, flags: options.flags, everyMode: options.check };
  const loaded = loadConfiguration(request);
  const isDemo = loaded.configuration?.settings.upstream.value === undefined && !options.check;
  const outcome = isDemo ? loaded : requirePolicy(loaded);
  const { configuration } = outcome;
  if (configuration === undefined) return refuse(outcome.findings, options, terminal);
  if (options.check) return report(configuration, outcome.findings, options, terminal);
  if (!isDemo) return await serve(request, options, terminal, outcome);
  const { startDemo } = await import("../../demo/start-demo.ts");
  const { writeDemoFile } = await import("../../demo/demo-policy.ts");
  const demo = await startDemo();
  // In a file, so that it can be changed while it runs, by hand and in the console; unless there is a file already.
  const file = outcome.file === undefined ? writeDemoFile(demo.policy) : undefined;
  const flags = file === undefined ? request.flags : { ...request.flags, policy: file.path };
  try {
    const ofDemo: LoadRequest = { ...request, flags, basePolicy: demo.policy };
    return await serve(ofDemo, options, terminal, loadConfiguration(ofDemo), demo);
  } finally {
    file?.remove();
    await demo.close();
  }
}

async function serve(
  request: LoadRequest,
  options: ServeOptions,
  terminal: Terminal,
  outcome: LoadOutcome,
  demo?: Demo,
): Promise<number> {
  const { configuration, findings } = outcome;
  if (configuration === undefined) return refuse(findings, options, terminal);
  if (!options.json) warn(findings, terminal);
  const { runSession } = await import("../../serve/session.ts");
  return await runSession({ request, outcome, configuration, terminal, json: options.json, demo });
}

function refuse(findings: readonly ConfigFinding[], options: ServeOptions, terminal: Terminal): number {
  const code = refuseFindings(findings, options, terminal);
  if (!options.json && findings.some(({ code: of, path }) => of === "policy-missing" && path === "policy"))
    terminal.err.write(`\n${policyExample}`);
  return code;
}

function warn(findings: readonly ConfigFinding[], { err }: Terminal): void {
  if (findings.length > 0) err.write(`${formatFindings(findings, err)}\n\n`);
}

function report(
  configuration: Configuration,
  findings: readonly ConfigFinding[],
  { json }: ServeOptions,
  terminal: Terminal,
): number {
  if (json) {
    terminal.out.write(findingsReport(findings, { configuration: configurationReport(configuration) }));
    return exitCode.done;
  }
  warn(findings, terminal);
  terminal.out.write(`${formatConfiguration(configuration, terminal.out)}\n`);
  const verdict = `Configuration is valid${findings.length > 0 ? `, with ${countFindings(findings)}` : ""}.`;
  terminal.err.write(`\n${terminal.err.colors.green(verdict)}\n`);
  return exitCode.done;
}
