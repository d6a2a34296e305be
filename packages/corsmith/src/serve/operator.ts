import type { Logger } from "pino";
import type { AdminHandlers } from "../admin/admin-server.ts";
import { EventHub } from "../api/event-hub.ts";
import type { ApiContext } from "../api/operation.ts";
import type { ApiHandler } from "../api/operator-api.ts";
import type { LoadResult, PolicyControl } from "../api/policy/policy-control.ts";
import { PolicyService } from "../api/policy/policy-service.ts";
import { nameOfPolicies } from "../api/policy/policy-source.ts";
import type { Configuration } from "../config/configuration.ts";
import { adminToken } from "../config/settings.ts";
import type { Journal } from "../journal/open-journal.ts";
import { type Measurements, mergeMeasurements } from "../metrics/measurements.ts";
import { ProgramMeter } from "../metrics/program-meter.ts";
import { prometheusText } from "../metrics/prometheus-text.ts";
import { programVersion } from "../terminal/program-version.ts";
import { createLiveCheck } from "./live-check.ts";
import type { GatewayPool } from "./workers/gateway-pool.ts";

export interface OperatorOptions {
  readonly configuration: Configuration;
  /** `undefined` for a console alone. */
  readonly upstream: URL | undefined;
  readonly demoPages: { readonly allowed: string; readonly refused: string } | undefined;
  readonly pool: GatewayPool;
  readonly policies: PolicyControl;
  /** Where the admin server listens, as soon as it does. */
  readonly adminUrl: () => URL | undefined;
  readonly journal: Journal | undefined;
  readonly log: Logger;
}

/** The operator's part of a session: the API, the metrics, and what keeps them up to date. */
export type Operator = ReturnType<typeof createOperator>;

/** Milliseconds between two lines of the log about what clients do as often as they like. */
const logIntervalMs = 60_000;

/** Puts the operator's API and the metrics together. */
export function createOperator(options: OperatorOptions) {
  const { configuration, upstream, journal, log, pool, policies } = options;
  const events = new EventHub();
  const unwatch = journal?.watch((moment) => {
    events.publish({ event: "moment", decidedBy: "this-gateway", ...moment });
  });
  const unwatchPeers = journal?.watchPeers({
    isWanted: () => events.streams > 0,
    receive: (moment) => events.publish({ event: "moment", decidedBy: "other-gateways", ...moment }),
  });
  const startedAt = Date.now();
  const meter = new ProgramMeter({
    version: programVersion,
    startedAt,
    journal,
    workers: () => pool.processes(),
    streams: () => events.streams,
    policy: () => {
      const { active } = policies;
      return active && { version: active.base, overlay: configuration.mode ?? "none", since: active.since };
    },
  });
  const measured = async (): Promise<Measurements> =>
    mergeMeasurements([await pool.measured(), await meter.measured()]);
  let lastRefused: LoadResult | undefined;
  const context: ApiContext = {
    version: programVersion,
    status: () => statusOf(options, startedAt, lastRefused),
    policy: new PolicyService(policies),
    journal,
    events,
    check: createLiveCheck(() => ({ listen: pool.url, upstream })),
    onError: (error) => log.error({ event: "api-failed", err: error }, "A call of the API failed. Please report this."),
  };
  // Its schemas take a fifth of a second to load: serving does not wait for them.
  let api: Promise<ApiHandler> | undefined;
  return {
    measured,
    subject: {
      ready: () => pool.ready(),
      metrics: async () => prometheusText(await measured()),
      async api(...call: Parameters<ApiHandler>) {
        api ??= import("../api/operator-api.ts").then(({ createOperatorApi }) => createOperatorApi(context));
        await (await api)(...call);
      },
      tokensRefused: atMostEachInterval((address) =>
        log.warn(
          { event: "admin-tokens-refused", address },
          `Too many wrong tokens are sent to the admin address, most recently from ${address}: they are answered with 429 and not checked.`,
        ),
      ),
    } satisfies AdminHandlers,
    /** To be called with every load, the first one too. */
    loaded(result: LoadResult): void {
      const { outcome, time, load, active } = result;
      if (outcome !== "in-force") lastRefused = result;
      journal?.setPolicy(() => (active === undefined ? "" : nameOfPolicies(active.policies)));
      meter.policyLoaded(outcome);
      events.publish({ event: "policy", time, load, outcome });
    },
    close(): void {
      unwatch?.();
      unwatchPeers?.();
      events.close();
    },
  };
}

function atMostEachInterval(report: (address: string) => void): (address: string) => void {
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (address) => {
    if (performance.now() - reportedAt < logIntervalMs) return;
    reportedAt = performance.now();
    report(address);
  };
}

function statusOf(
  { configuration, upstream, demoPages, pool, policies, adminUrl }: OperatorOptions,
  startedAt: number,
  lastRefused: LoadResult | undefined,
): ReturnType<ApiContext["status"]> {
  const { active } = policies;
  return {
    version: programVersion,
    ready: pool.ready(),
    startedAt,
    upstream: upstream?.origin ?? null,
    listen: pool.url?.origin ?? null,
    admin: adminUrl()?.origin ?? "",
    workers: pool.processes(),
    mode: configuration.mode ?? null,
    demo: demoPages !== undefined,
    ...(demoPages === undefined ? {} : { demoPages }),
    policy: {
      load: active?.load ?? 0,
      since: active?.since.getTime() ?? startedAt,
      source: active?.source ?? "",
      ...(lastRefused === undefined
        ? {}
        : { lastRefused: { load: lastRefused.load, time: lastRefused.time, findings: lastRefused.findings.length } }),
    },
    token: adminToken(configuration.settings) !== undefined,
  };
}
