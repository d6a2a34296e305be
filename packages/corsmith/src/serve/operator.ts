import type { Logger } from "pino";
import type { AdminSubject } from "../admin/admin-server.ts";
import { EventHub } from "../api/event-hub.ts";
import type { ApiContext } from "../api/operation.ts";
import type { ApiHandler } from "../api/operator-api.ts";
import type { LoadResult } from "../api/policy/policy-control.ts";
import { PolicyDesk } from "../api/policy/policy-service.ts";
import { nameOfInForce } from "../api/policy/policy-source.ts";
import { journalVersionStore, memoryVersionStore } from "../api/policy/version-store.ts";
import type { Configuration } from "../config/configuration.ts";
import type { LoadRequest } from "../config/load-configuration.ts";
import { adminToken } from "../config/settings.ts";
import type { Journal } from "../journal/journal.ts";
import { type Measurements, mergeMeasurements } from "../metrics/measurements.ts";
import { ProgramMeter } from "../metrics/program-meter.ts";
import { prometheusText } from "../metrics/prometheus-text.ts";
import { programVersion } from "../terminal/program-version.ts";
import { createLiveCheck } from "./live-check.ts";
import type { PolicyReloader } from "./policy-reloader.ts";
import type { GatewayPool } from "./workers/gateway-pool.ts";

/** What runs, as soon as it does. */
export interface Serving {
  readonly pool: GatewayPool;
  readonly reloader: PolicyReloader;
  readonly adminUrl: URL;
  readonly draining: boolean;
}

/** What the operator's part of a session is made from. */
export interface OperatorOptions {
  readonly configuration: Configuration;
  /** `undefined` for a console alone. */
  readonly upstream: URL | undefined;
  /** How the configuration is loaded, with the file that was found. */
  readonly request: LoadRequest;
  readonly demoPages: { readonly allowed: string; readonly refused: string } | undefined;
  readonly journal: Journal | undefined;
  readonly log: Logger;
  readonly serving: () => Serving | undefined;
}

/** The operator's part of a session: the API, the metrics, and what keeps them up to date. */
export interface OperatorSession {
  readonly subject: AdminSubject;
  measured(): Promise<Measurements>;
  /** To be told of every load, the first one too. */
  loaded(result: LoadResult): void;
  close(): Promise<void>;
}

/** Puts the operator's API and the metrics together. */
export function createOperatorSession(options: OperatorOptions): OperatorSession {
  const { journal, log, serving, request } = options;
  const events = new EventHub();
  const unwatch = journal?.watch((moment) => {
    events.publish({ event: "moment", decidedBy: "this-gateway", ...moment });
  });
  const unwatchPeers = journal?.watchPeers({
    isWanted: () => events.streams > 0,
    receive: (moment) => events.publish({ event: "moment", decidedBy: "other-gateways", ...moment }),
  });
  const control = {
    request,
    inForce: () => serving()?.reloader.inForce,
    reload: async (trigger: LoadResult["trigger"]) => {
      const { reloader } = serving() ?? {};
      if (reloader === undefined) throw new Error("Nothing is served yet.");
      return await reloader.reload(trigger);
    },
  };
  const desk = new PolicyDesk(control, journal === undefined ? memoryVersionStore() : journalVersionStore(journal));
  const startedAt = Date.now();
  const meter = new ProgramMeter({
    version: programVersion,
    startedAt,
    journal,
    workers: () => serving()?.pool.processes() ?? 0,
    streams: () => events.streams,
    policy: () => inForceVersion(desk, options),
  });
  const measured = async (): Promise<Measurements> =>
    mergeMeasurements([(await serving()?.pool.measured()) ?? [], await meter.measured()]);
  const context: ApiContext = {
    version: programVersion,
    status: () => statusOf(options, startedAt, lastRefused),
    desk,
    journal,
    events,
    check: createLiveCheck(() => ({ listen: serving()?.pool.url, upstream: options.upstream })),
    onError: (error) =>
      log.error({ event: "api-failed", err: error }, "The operator's API failed at a call. Please report this."),
  };
  // Its schemas take a fifth of a second to load; nobody who only wants to be served has to wait for them.
  let api: Promise<ApiHandler> | undefined;
  const loadApi = async (): Promise<ApiHandler> => {
    const { createOperatorApi } = await import("../api/operator-api.ts");
    return createOperatorApi(context);
  };
  let lastRefused: LoadResult | undefined;
  return {
    measured,
    subject: {
      ready: () => isReady(serving()),
      metrics: async () => prometheusText(await measured()),
      async api(...call) {
        api ??= loadApi();
        await (await api)(...call);
      },
      tokensRefused: onceInAWhile((address) =>
        log.warn(
          { event: "admin-tokens-refused", address },
          `Too many wrong tokens come to the admin address, lately from ${address}: they are answered with 429, and not looked at.`,
        ),
      ),
    },
    loaded(result) {
      if (result.outcome !== "in-force") lastRefused = result;
      desk.loaded(result);
      journal?.setPolicy(() => nameOfInForce(control));
      meter.policyLoaded(result.outcome);
      events.publish({ event: "policy", time: result.time, load: result.load, outcome: result.outcome });
    },
    async close() {
      unwatch?.();
      unwatchPeers?.();
      events.close();
      await desk.versionInForce();
    },
  };
}

/** Milliseconds between two lines about what strangers do as often as they like. */
const silenceMs = 60_000;

function onceInAWhile(tell: (address: string) => void): (address: string) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (address) => {
    if (performance.now() - toldAt < silenceMs) return;
    toldAt = performance.now();
    tell(address);
  };
}

function isReady(now: Serving | undefined): boolean {
  return now !== undefined && !now.draining && now.pool.ready();
}

function inForceVersion(desk: PolicyDesk, { configuration }: OperatorOptions) {
  if (!desk.started) return undefined;
  return { version: desk.base, overlay: configuration.mode ?? "none", since: desk.inForce().since };
}

function statusOf(
  { configuration, upstream, demoPages, serving }: OperatorOptions,
  startedAt: number,
  lastRefused: LoadResult | undefined,
): ReturnType<ApiContext["status"]> {
  const now = serving();
  const inForce = now?.reloader.inForce;
  return {
    version: programVersion,
    ready: isReady(now),
    startedAt,
    upstream: upstream?.origin ?? null,
    listen: now?.pool.url?.origin ?? null,
    admin: now?.adminUrl.origin ?? "",
    workers: now?.pool.processes() ?? 0,
    mode: configuration.mode ?? null,
    demo: demoPages !== undefined,
    ...(demoPages === undefined ? {} : { demoPages }),
    policy: {
      load: inForce?.load ?? 0,
      since: inForce?.since.getTime() ?? startedAt,
      source: inForce?.source ?? "",
      ...(lastRefused === undefined
        ? {}
        : { lastRefused: { load: lastRefused.load, time: lastRefused.time, findings: lastRefused.findings.length } }),
    },
    token: adminToken(configuration.settings) !== undefined,
  };
}
