import type { Logger } from "pino";
import type { LoadResult, LoadTrigger, PoliciesInForce } from "../api/policy/policy-control.ts";
import { type Configuration, type LoadOutcome, requirePolicy } from "../config/configuration.ts";
import { allowedOrigins, type PolicySet } from "../config/policy-set.ts";
import { pendingChanges } from "../config/setting-changes.ts";
import { countFindings, formatFindings } from "../terminal/findings.ts";
import type { Style } from "../terminal/wrap-text.ts";
import type { GatewayPool } from "./workers/gateway-pool.ts";

/** What the reloader works with. */
export interface ReloaderOptions {
  readonly log: Logger;
  readonly pool: GatewayPool;
  /** The configuration with which the program started. */
  readonly started: Configuration;
  /** Those with which it started; only a console alone can do without. */
  readonly policies: PolicySet | undefined;
  /** Loads the configuration anew. */
  readonly load: () => LoadOutcome;
  /** Told of every outcome, for the files to watch. */
  readonly onLoad: (outcome: LoadOutcome) => void;
  /** Told of what came of every load, the first one aside. */
  readonly onResult: (result: LoadResult) => void;
  /** Set where people read the log: findings are then written out in its lines. */
  readonly style?: Style;
}

/** Takes up edits of the configuration while the program runs. */
export interface PolicyReloader {
  readonly inForce: PoliciesInForce | undefined;
  /**
   * Loads, and puts the policies in force if there is no mistake. One load runs at a time; what comes meanwhile is one more. Resolves to
   * what came of the load that began at this call or after it; never rejects.
   */
  reload(trigger: LoadTrigger): Promise<LoadResult>;
}

/** At most this many origins are named in a line of the log; the admin server tells them all. */
const namedOrigins = 20;

/** Makes a reloader; the load with which the program started is number 1. */
export function createPolicyReloader(options: ReloaderOptions): PolicyReloader {
  const { log, pool, started } = options;
  let inForce: PoliciesInForce | undefined = options.policies && {
    load: 1,
    since: new Date(),
    source: started.policySource,
    policies: options.policies,
  };
  let loads = 1;
  let running: Promise<LoadResult> | undefined;
  let waiting: Promise<LoadResult> | undefined;

  const loadOnce = async (trigger: LoadTrigger): Promise<LoadResult> => {
    loads += 1;
    const load = loads;
    const outcome = requirePolicy(options.load());
    options.onLoad(outcome);
    const { configuration, findings, file } = outcome;
    const text = configuration?.policyInFile === false ? undefined : outcome.text;
    const policies = configuration?.policies;
    const result = { load, trigger, time: Date.now(), findings, file, text };
    if (configuration === undefined || policies === undefined) {
      refuse(load, trigger, findings);
      return { ...result, outcome: "refused" };
    }
    try {
      await putInForce(load, trigger, configuration, policies, findings);
      return { ...result, outcome: "in-force" };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.error(
        { event: "policy-not-everywhere", load, message },
        `Load ${load} is not in force everywhere: ${message}`,
      );
      return { ...result, outcome: "not-everywhere" };
    }
  };
  const putInForce = async (
    load: number,
    trigger: LoadTrigger,
    configuration: Configuration,
    policies: PolicySet,
    findings: LoadOutcome["findings"],
  ): Promise<void> => {
    const { policySource } = configuration;
    const replaced = inForce;
    await pool.replacePolicies(policies, load);
    inForce = { load, since: new Date(), source: policySource, policies };
    const change = originChange(replaced?.policies, policies);
    const before = replaced?.load ?? 0;
    log.info(
      { event: "policy-in-force", load, replaced: before, trigger, source: policySource, ...change, findings },
      `Load ${load} (${trigger}) is in force instead of load ${before}: ${changeInWords(change)}${written(findings)}`,
    );
    reportPending(configuration);
  };
  const refuse = (load: number, trigger: string, findings: LoadOutcome["findings"]): void => {
    const stays = inForce?.load ?? 0;
    log.error(
      { event: "policy-refused", load, inForce: stays, trigger, findings },
      `Load ${load} (${trigger}) was refused: ${countFindings(findings)}. Load ${stays} stays in force.${written(findings)}`,
    );
  };
  const written = (findings: LoadOutcome["findings"]): string =>
    options.style === undefined || findings.length === 0 ? "" : `\n\n${formatFindings(findings, options.style)}\n`;
  const reportPending = (edited: Configuration): void => {
    const changes = pendingChanges(started, edited);
    if (changes.length === 0) return;
    const words = changes.map(
      ({ key, before: was, after: is }) => `${key} (${JSON.stringify(was)} → ${JSON.stringify(is)})`,
    );
    log.warn(
      {
        event: "restart-needed",
        changes: changes.map(({ key, before, after }) => ({ key, running: before, edited: after })),
      },
      `Only policies are taken up while running; a restart is needed for ${words.join(", ")}.`,
    );
  };
  const run = async (trigger: LoadTrigger): Promise<LoadResult> => {
    const result = await loadOnce(trigger);
    options.onResult(result);
    return result;
  };
  const reload = (trigger: LoadTrigger): Promise<LoadResult> => {
    if (running === undefined) {
      running = run(trigger).finally(() => {
        running = undefined;
      });
      return running;
    }
    waiting ??= running.then(() => {
      waiting = undefined;
      return reload(trigger);
    });
    return waiting;
  };
  return {
    get inForce() {
      return inForce;
    },
    reload,
  };
}

interface OriginChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

function originChange(before: PolicySet | undefined, after: PolicySet): OriginChange {
  const old = new Set(before === undefined ? [] : allowedOrigins(before));
  const now = new Set(allowedOrigins(after));
  return {
    added: [...now].filter((origin) => !old.has(origin)).slice(0, namedOrigins),
    removed: [...old].filter((origin) => !now.has(origin)).slice(0, namedOrigins),
  };
}

function changeInWords({ added, removed }: OriginChange): string {
  const parts = [
    ...(added.length === 0 ? [] : [`now allowed: ${added.join(", ")}`]),
    ...(removed.length === 0 ? [] : [`no longer allowed: ${removed.join(", ")}`]),
  ];
  return parts.length === 0 ? "the same origins are allowed." : `${parts.join("; ")}.`;
}
