import { hostname } from "node:os";
import process from "node:process";
import type { AdminServer } from "../admin/admin-server.ts";
import { journalVersionStore, memoryVersionStore } from "../api/policy/version-store.ts";
import type { LoadRequest } from "../config/load-configuration.ts";
import { exitCode } from "../terminal/exit-code.ts";
import { refuseFindings } from "../terminal/findings.ts";
import { type AnnounceOptions, announce } from "./announce.ts";
import { createLog } from "./log.ts";
import { createOperator, type Operator } from "./operator.ts";
import { createPolicyReloader, type PolicyReloader } from "./policy-reloader.ts";
import { warnIfUnreachable } from "./probe-upstream.ts";
import { closeSessionJournal, openSessionJournal } from "./session-journal.ts";
import { listenForSignals } from "./signals.ts";
import { type ServersOptions, startAdmin, startPool } from "./start-servers.ts";
import { startTelemetry } from "./telemetry.ts";

export interface SessionOptions extends AnnounceOptions {
  readonly request: LoadRequest;
  /** Is there no gateway, but the console alone, for what middleware reports? */
  readonly consoleAlone?: boolean;
}

/** Serves until a signal ends it, or nothing can be served any more. Resolves to the exit code. */
export async function runSession(options: SessionOptions): Promise<number> {
  const { configuration, outcome, demo, terminal } = options;
  const isPretty = terminal.out.isTerminal && !options.json;
  const { isColorSupported: colors } = terminal.out.colors;
  const logOptions = { level: configuration.settings.logLevel.value, pretty: isPretty, colors };
  const log = createLog(logOptions);
  const end = Promise.withResolvers<number>();
  const opened = await openSessionJournal(configuration, log);
  if (!opened.ok) return refuseFindings(opened.findings, options, terminal);
  const journal = opened.started;
  const servers: ServersOptions = {
    configuration,
    enforced: enforcedBy(options),
    request: options.request,
    log,
    logOptions,
    onFailure(error) {
      log.fatal({ event: "failed", message: error.message }, `Nothing is served any more. ${error.message}`);
      end.resolve(exitCode.failed);
    },
    anyPort: demo !== undefined,
    journal,
  };
  const gateway = await startPool(servers);
  if (!gateway.ok) {
    await journal?.close();
    return refuseFindings(gateway.findings, options, terminal);
  }
  const pool = gateway.started;
  let admin: AdminServer | undefined;
  const request = loadRequest(options);
  const reloader: PolicyReloader = createPolicyReloader({
    log,
    pool,
    request,
    started: outcome,
    configuration,
    versions: journal === undefined ? memoryVersionStore() : journalVersionStore(journal),
    onLoad: (result) => operator.loaded(result),
    style: isPretty ? terminal.out : undefined,
  });
  const upstream = servers.enforced?.upstream;
  const operator: Operator = createOperator({
    configuration,
    upstream,
    demoPages: demo && { allowed: demo.allowedPage.origin, refused: demo.refusedPage.origin },
    pool,
    policies: reloader,
    adminUrl: () => admin?.url,
    journal,
    log,
  });
  const door = await startAdmin(servers, operator.subject);
  if (!door.ok) {
    operator.close();
    await pool.close();
    await journal?.close();
    return refuseFindings(door.findings, options, terminal);
  }
  admin = door.started;
  journal?.setName(gatewayName(pool.url ?? admin.url));
  reloader.start();
  let stopping = false;
  const stopListening = listenForSignals({
    onStop(signal) {
      stopping = true;
      log.info({ event: "draining", signal }, `${signal}: accepting no new requests; finishing those in flight.`);
      void pool.close().then(() => end.resolve(exitCode.done));
    },
    onSecondInterrupt() {
      process.exit(exitCode.interrupted);
    },
    onReload() {
      if (!stopping) void reloader.reload("SIGHUP");
    },
  });
  if (pool.url !== undefined) demo?.announce(pool.url);
  announce(options, { listen: pool.url, admin: admin.url, upstream }, log);
  if (demo === undefined && upstream !== undefined) void warnIfUnreachable(upstream, log);

  const telemetry = await startTelemetry(request.environment, operator.measured, log);

  const code = await end.promise;
  await telemetry?.close().catch(() => {});
  await reloader.close();
  operator.close();
  await admin.close();
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

/** The file that was found stays the one: were it removed, another one further up must not silently take its place. */
function loadRequest({ request, outcome }: SessionOptions): LoadRequest {
  return outcome.file === undefined ? request : { ...request, flags: { ...request.flags, policy: outcome.file } };
}

/** A machine's name alone would not do: two gateways may run on one. */
function gatewayName({ port }: URL): string {
  return `${hostname()}:${port === "" ? 80 : port}`;
}
