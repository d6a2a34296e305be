import process from "node:process";
import type { Logger } from "pino";
import type { AdminSubject } from "../../admin/admin-server.ts";
import type { ConfigFinding } from "../../config/config-finding.ts";
import type { Configuration, LoadOutcome } from "../../config/configuration.ts";
import { type LoadRequest, loadConfiguration } from "../../config/load-configuration.ts";
import { shownJournal } from "../../config/parse-journal.ts";
import { allowedOrigins, type PolicySet, policySetData } from "../../config/policy-set.ts";
import { type FileWatch, watchFiles } from "../../config/watch-files.ts";
import type { Demo } from "../../demo/start-demo.ts";
import { exitCode } from "../exit-code.ts";
import { findingsReport } from "../findings-report.ts";
import { formatFindings } from "../format-findings.ts";
import type { Terminal } from "../terminal.ts";
import { demoAddresses, demoAnnouncement, demoCommands } from "./demo-announcement.ts";
import type { GatewayPool } from "./gateway-pool.ts";
import { createLog, type LogOptions } from "./log.ts";
import { closeSessionJournal, openSessionJournal } from "./open-session-journal.ts";
import { createPolicyReloader, type PolicyReloader } from "./policy-reloader.ts";
import { probeUpstream } from "./probe-upstream.ts";
import { type StartedServers, startServers } from "./start-servers.ts";
import { listenForSignals } from "./stop-signals.ts";

/** What a session is started with. */
export interface SessionOptions {
  readonly request: LoadRequest;
  readonly outcome: LoadOutcome;
  readonly configuration: Configuration;
  readonly terminal: Terminal;
  readonly json: boolean;
  /** The demo, where it is the upstream. */
  readonly demo: Demo | undefined;
}

/** Serves until a signal ends it, or nothing can be served any more. Resolves to the exit code. */
export async function runSession(options: SessionOptions): Promise<number> {
  const { configuration, demo } = options;
  const upstream = demo?.upstream ?? configuration.settings.upstream.value;
  const { policies } = configuration;
  if (upstream === undefined || policies === undefined)
    throw new TypeError("A session needs an upstream and policies.");
  const logOptions = logOptionsFor(options);
  const log = createLog(logOptions);
  const end = Promise.withResolvers<number>();
  let serving: Serving | undefined;
  const opened = await openSessionJournal(configuration, log);
  if (!opened.ok) return refuse(opened.findings, options);
  const { journal } = opened;
  const servers = await startServers({
    configuration,
    policies,
    upstream,
    request: options.request,
    log,
    logOptions,
    subject: adminSubject(() => serving),
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
    await journal?.close();
    return refuse(servers.findings, options);
  }
  const watched = watchConfiguration(options, servers, log, policies);
  serving = { pool: servers.pool, reloader: watched.reloader, draining: false };
  const stopListening = listenForSignals({
    onStop(signal) {
      if (serving) serving.draining = true;
      log.info({ event: "draining", signal }, `${signal}: no new requests are taken, those under way are finished.`);
      void servers.pool.close().then(() => end.resolve(exitCode.done));
    },
    onImpatience() {
      process.exit(exitCode.interrupted);
    },
    onReload() {
      if (serving?.draining === false) watched.reloader.reload("SIGHUP");
    },
  });
  demo?.announce(servers.pool.url);
  announce(options, servers, log, upstream, policies);
  if (demo === undefined) void warnIfUnreachable(upstream, log);

  const code = await end.promise;
  await watched.watch.close();
  await servers.admin.close();
  stopListening();
  await closeSessionJournal(journal, log);
  log.info({ event: "stopped", code }, "Stopped.");
  return code;
}

function refuse(findings: readonly ConfigFinding[], { terminal, json }: SessionOptions): number {
  if (json) terminal.out.write(findingsReport(findings));
  else terminal.err.write(`${formatFindings(findings, terminal.err)}\n\nNothing is served.\n`);
  return exitCode.refused;
}

interface Serving {
  readonly pool: GatewayPool;
  readonly reloader: PolicyReloader;
  draining: boolean;
}

function adminSubject(serving: () => Serving | undefined): AdminSubject {
  return {
    ready: () => {
      const now = serving();
      return now !== undefined && !now.draining && now.pool.ready();
    },
    policy: () => {
      const inForce = serving()?.reloader.inForce;
      if (inForce === undefined) return { load: 0 };
      return {
        load: inForce.load,
        since: inForce.since.toISOString(),
        source: inForce.source,
        ...policySetData(inForce.policies),
      };
    },
  };
}

function logOptionsFor({ configuration, terminal, json }: SessionOptions): LogOptions {
  const pretty = terminal.out.isTerminal && !json;
  return { level: configuration.settings.logLevel.value, pretty, colors: terminal.out.colors.isColorSupported };
}

type Servers = Extract<StartedServers, { ok: true }>;

function watchConfiguration(
  { request, outcome, configuration, terminal, json }: SessionOptions,
  { pool }: Servers,
  log: Logger,
  policies: PolicySet,
): { readonly watch: FileWatch; readonly reloader: PolicyReloader } {
  // The file that was found stays the one: were it removed, another one further up must not silently take its place.
  const flags = outcome.file === undefined ? request.flags : { ...request.flags, policy: outcome.file };
  const watch = watchFiles(outcome.watch, () => reloader.reload("edit"));
  const reloader: PolicyReloader = createPolicyReloader({
    log,
    pool,
    started: configuration,
    policies,
    load: () => loadConfiguration({ ...request, flags }),
    onLoad: ({ watch: files }) => watch.follow(files),
    ...(terminal.out.isTerminal && !json ? { style: terminal.out } : {}),
  });
  return { watch, reloader };
}

function announce(
  { configuration, outcome, terminal, json, demo }: SessionOptions,
  { pool, admin }: Servers,
  log: Logger,
  upstream: URL,
  policies: PolicySet,
): void {
  const { settings, mode, policySource } = configuration;
  const origins = allowedOrigins(policies).length;
  const addresses = demo === undefined ? undefined : demoAddresses(demo, pool.url, admin.url);
  if (addresses !== undefined && !json) terminal.out.write(demoAnnouncement(addresses, terminal.out));
  log.info(
    {
      event: "serving",
      listen: pool.url.origin,
      admin: admin.url.origin,
      upstream: upstream.origin,
      policySource,
      load: 1,
      origins,
      routes: policies.routes.length,
      workers: settings.workers.value,
      journal: shownJournal(settings.journal.value),
      mode: mode ?? null,
      pid: process.pid,
      ...(outcome.findings.length === 0 ? {} : { findings: outcome.findings }),
      ...(addresses === undefined ? {} : { demo: { ...addresses, ...demoCommands(addresses) } }),
    },
    `Serving ${pool.url.origin} in front of ${upstream.origin}. Policy: ${policySource}, ${origins} ${origins === 1 ? "origin" : "origins"}. Admin: ${admin.url.origin}`,
  );
}

async function warnIfUnreachable(upstream: URL, log: Logger): Promise<void> {
  const reason = await probeUpstream(upstream);
  if (reason === undefined) return;
  log.warn(
    { event: "upstream-unreachable", upstream: upstream.origin, reason },
    `The upstream ${upstream.origin} cannot be reached yet (${reason}). Requests are answered 502, with CORS headers, until it can: containers may start in any order. If it never can, correct --upstream.`,
  );
}
