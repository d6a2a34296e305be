import { hostname } from "node:os";
import process from "node:process";
import type { Logger } from "pino";
import type { LoadResult } from "../api/policy/policy-control.ts";
import type { Configuration, LoadOutcome } from "../config/configuration.ts";
import { type LoadRequest, loadConfiguration } from "../config/load-configuration.ts";
import type { PolicySet } from "../config/policy-set.ts";
import { type FileWatch, watchFiles } from "../config/watch-files.ts";
import type { Demo } from "../demo/start-demo.ts";
import { exitCode } from "../terminal/exit-code.ts";
import { refuseFindings } from "../terminal/findings.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { announce } from "./announce.ts";
import { createLog, type LogOptions } from "./log.ts";
import { createOperatorSession, type Serving } from "./operator.ts";
import { createPolicyReloader, type PolicyReloader } from "./policy-reloader.ts";
import { probeUpstream } from "./probe-upstream.ts";
import { closeSessionJournal, openSessionJournal } from "./session-journal.ts";
import { listenForSignals } from "./signals.ts";
import { type ServersOptions, startServers } from "./start-servers.ts";
import { startTelemetry } from "./telemetry.ts";
import type { GatewayPool } from "./workers/gateway-pool.ts";

/** What a session is started with. */
export interface SessionOptions {
  readonly request: LoadRequest;
  readonly outcome: LoadOutcome;
  readonly configuration: Configuration;
  readonly terminal: Terminal;
  readonly json: boolean;
  /** The demo, where it is the upstream. */
  readonly demo?: Demo | undefined;
  /** Is there no gateway, but the console alone, for what middleware reports? */
  readonly consoleAlone?: boolean;
  /** Told where everything is, once it runs. What it returns is written before the log. */
  readonly announcement?: (addresses: SessionAddresses) => string;
}

/** Where a session can be reached. */
export interface SessionAddresses {
  readonly listen: URL | undefined;
  readonly admin: URL;
  readonly upstream: URL | undefined;
}

/** Serves until a signal ends it, or nothing can be served any more. Resolves to the exit code. */
export async function runSession(options: SessionOptions): Promise<number> {
  const { configuration, demo } = options;
  const enforced = enforcedBy(options);
  const upstream = enforced?.upstream;
  const logOptions = logOptionsFor(options);
  const log = createLog(logOptions);
  const end = Promise.withResolvers<number>();
  let serving: Serving | undefined;
  const opened = await openSessionJournal(configuration, log);
  if (!opened.ok) return refuseFindings(opened.findings, options, options.terminal);
  const { journal } = opened;
  const request = loadRequest(options);
  const pages = demo && { allowed: demo.allowedPage.origin, refused: demo.refusedPage.origin };
  const operator = createOperatorSession({
    configuration,
    upstream,
    request,
    demoPages: pages,
    journal,
    log,
    serving: () => serving,
  });
  const servers = await startServers({
    configuration,
    enforced,
    request: options.request,
    log,
    logOptions,
    subject: operator.subject,
    events: {
      onFailure(error) {
        log.fatal({ event: "failed", message: error.message }, `Nothing is served any more. ${error.message}`);
        end.resolve(exitCode.failed);
      },
    },
    anyPort: demo !== undefined,
    journal,
  });
  if (!servers.ok) {
    await operator.close();
    await journal?.close();
    return refuseFindings(servers.findings, options, options.terminal);
  }
  const watched = watchConfiguration(options, {
    pool: servers.pool,
    log,
    policies: configuration.policies,
    request,
    onResult: operator.loaded,
  });
  const { pool, admin } = servers;
  journal?.setName(gatewayName(pool.url ?? admin.url));
  serving = { pool, reloader: watched.reloader, adminUrl: admin.url, draining: false };
  const { file } = options.outcome;
  const text = configuration.policyInFile ? options.outcome.text : undefined;
  if (configuration.policies !== undefined)
    operator.loaded({ load: 1, trigger: "start", time: Date.now(), outcome: "in-force", findings: [], file, text });
  const stopListening = listenForSignals({
    onStop(signal) {
      if (serving) serving = { ...serving, draining: true };
      log.info({ event: "draining", signal }, `${signal}: no new requests are taken, those under way are finished.`);
      void pool.close().then(() => end.resolve(exitCode.done));
    },
    onImpatience() {
      process.exit(exitCode.interrupted);
    },
    onReload() {
      if (serving?.draining === false) void watched.reloader.reload("SIGHUP");
    },
  });
  if (pool.url !== undefined) demo?.announce(pool.url);
  announce(options, { listen: pool.url, admin: admin.url, upstream }, log);
  if (demo === undefined && upstream !== undefined) void warnIfUnreachable(upstream, log);

  const telemetry = await startTelemetry(request.environment, operator.measured, log);

  const code = await end.promise;
  await telemetry?.close().catch(() => {});
  await watched.watch.close();
  await operator.close();
  await servers.admin.close();
  stopListening();
  await closeSessionJournal(journal, log);
  log.info({ event: "stopped", code }, "Stopped.");
  return code;
}

/** What is enforced in front of what. A console alone enforces nothing. */
function enforcedBy({ configuration, demo, consoleAlone }: SessionOptions): ServersOptions["enforced"] {
  if (consoleAlone === true) return undefined;
  const upstream = demo?.upstream ?? configuration.settings.upstream.value;
  const { policies } = configuration;
  if (upstream === undefined || policies === undefined)
    throw new TypeError("A session needs an upstream and policies.");
  return { upstream, policies };
}

function logOptionsFor({ configuration, terminal, json }: SessionOptions): LogOptions {
  const pretty = terminal.out.isTerminal && !json;
  return { level: configuration.settings.logLevel.value, pretty, colors: terminal.out.colors.isColorSupported };
}

/** The file that was found stays the one: were it removed, another one further up must not silently take its place. */
function loadRequest({ request, outcome }: SessionOptions): LoadRequest {
  return outcome.file === undefined ? request : { ...request, flags: { ...request.flags, policy: outcome.file } };
}

interface Watched {
  readonly pool: GatewayPool;
  readonly log: Logger;
  readonly policies: PolicySet | undefined;
  readonly request: LoadRequest;
  readonly onResult: (result: LoadResult) => void;
}

function watchConfiguration(
  { outcome, configuration, terminal, json }: SessionOptions,
  { request, ...watched }: Watched,
): { readonly watch: FileWatch; readonly reloader: PolicyReloader } {
  const watch = watchFiles(outcome.watch, () => void reloader.reload("edit"));
  const reloader: PolicyReloader = createPolicyReloader({
    ...watched,
    started: configuration,
    load: () => loadConfiguration(request),
    onLoad: ({ watch: files }) => watch.follow(files),
    ...(terminal.out.isTerminal && !json ? { style: terminal.out } : {}),
  });
  return { watch, reloader };
}

/** A machine's name alone would not do: two gateways may run on one. */
function gatewayName({ port }: URL): string {
  return `${hostname()}:${port === "" ? 80 : port}`;
}

async function warnIfUnreachable(upstream: URL, log: Logger): Promise<void> {
  const reason = await probeUpstream(upstream);
  if (reason === undefined) return;
  log.warn(
    { event: "upstream-unreachable", upstream: upstream.origin, reason },
    `The upstream ${upstream.origin} cannot be reached yet (${reason}). Requests are answered 502, with CORS headers, until it can: containers may start in any order. If it never can, correct --upstream.`,
  );
}
