import process from "node:process";
import type { Environment } from "@corsmith/cors";
import { type ConfigFinding, hasErrors } from "../../config/config-finding.ts";
import type { Configuration, LoadOutcome } from "../../config/configuration.ts";
import { missingPolicy } from "../../config/configuration.ts";
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
  /** Validate, tell the result, and end. */
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
  const outcome = withPolicyDemanded(loadConfiguration(request), options.check);
  const { configuration } = outcome;
  if (configuration === undefined || hasErrors(outcome.findings)) return refuse(outcome.findings, options, terminal);
  if (options.check) return tell(configuration, outcome, options, terminal);
  if (configuration.settings.upstream.value !== undefined) {
    warn(outcome.findings, options, terminal);
    const { runSession } = await import("../../serve/session.ts");
    return await runSession({ request, outcome, configuration, terminal, json: options.json });
  }
  const { startDemo } = await import("../../demo/start-demo.ts");
  const { writeDemoFile } = await import("../../demo/demo-policy.ts");
  const demo = await startDemo();
  // In a file, so that it can be changed while it runs, by hand and in the console; unless there is a file already.
  const file = outcome.file === undefined ? writeDemoFile(demo.policy) : undefined;
  const flags = file === undefined ? request.flags : { ...request.flags, policy: file.path };
  try {
    return await serveDemo({ ...request, flags, basePolicy: demo.policy }, demo, options, terminal);
  } finally {
    file?.remove();
    await demo.close();
  }
}

async function serveDemo(request: LoadRequest, demo: Demo, options: ServeOptions, terminal: Terminal): Promise<number> {
  const outcome = loadConfiguration(request);
  const { configuration } = outcome;
  if (configuration === undefined) return refuse(outcome.findings, options, terminal);
  warn(outcome.findings, options, terminal);
  const { runSession } = await import("../../serve/session.ts");
  return await runSession({ request, outcome, configuration, terminal, json: options.json, demo });
}

/** There is no default policy: an API, or a check, needs one that somebody wrote. */
function withPolicyDemanded(outcome: LoadOutcome, check: boolean): LoadOutcome {
  const { configuration } = outcome;
  if (configuration === undefined || configuration.policies !== undefined) return outcome;
  if (configuration.settings.upstream.value === undefined && !check) return outcome;
  return { ...outcome, findings: [...outcome.findings, missingPolicy(configuration)] };
}

function refuse(findings: readonly ConfigFinding[], options: ServeOptions, terminal: Terminal): number {
  const code = refuseFindings(findings, options, terminal);
  if (!options.json && findings.some(({ code: of, path }) => of === "policy-missing" && path === "policy"))
    terminal.err.write(`\n${policyExample}`);
  return code;
}

function warn(findings: readonly ConfigFinding[], { json }: ServeOptions, { err }: Terminal): void {
  if (findings.length > 0 && !json) err.write(`${formatFindings(findings, err)}\n\n`);
}

function tell(
  configuration: Configuration,
  { findings }: LoadOutcome,
  { json }: ServeOptions,
  terminal: Terminal,
): number {
  const { policies } = configuration;
  if (policies === undefined) return exitCode.refused;
  if (json) {
    terminal.out.write(findingsReport(findings, { configuration: configurationReport(configuration, policies) }));
    return exitCode.done;
  }
  if (findings.length > 0) terminal.err.write(`${formatFindings(findings, terminal.err)}\n\n`);
  terminal.out.write(`${formatConfiguration(configuration, policies, terminal.out)}\n`);
  const verdict = `The configuration is right${findings.length > 0 ? `, with ${countFindings(findings)}` : ""}.`;
  terminal.err.write(`\n${terminal.err.colors.green(verdict)}\n`);
  return exitCode.done;
}
