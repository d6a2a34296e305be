import type { Logger } from "pino";
import type { ActivePolicies, ChangeNote, LoadResult, PolicyControl } from "../api/policy/policy-control.ts";
import { baseOf, policiesAsYaml } from "../api/policy/policy-source.ts";
import { keepVersion, type LoadTrigger, type VersionStore } from "../api/policy/version-store.ts";
import { type Configuration, type LoadOutcome, requirePolicy } from "../config/configuration.ts";
import { type LoadRequest, loadConfiguration } from "../config/load-configuration.ts";
import { allowedOrigins, type PolicySet } from "../config/policy-set.ts";
import { pendingChanges } from "../config/setting-changes.ts";
import { type FileWatch, watchFiles } from "../config/watch-files.ts";
import { countFindings, formatFindings } from "../terminal/findings.ts";
import type { Style } from "../terminal/wrap-text.ts";
import type { GatewayPool } from "./workers/gateway-pool.ts";

export interface ReloaderOptions {
  readonly log: Logger;
  readonly pool: Pick<GatewayPool, "replacePolicies">;
  /** How the configuration is loaded, with the file that was found. */
  readonly request: LoadRequest;
  /** The load with which the program started, and its configuration. */
  readonly started: LoadOutcome;
  readonly configuration: Configuration;
  readonly versions: VersionStore;
  /** Called with what came of every load, the first one too. */
  readonly onLoad: (result: LoadResult) => void;
  /** Set where people read the log: findings are then written out in its lines. */
  readonly style?: Style | undefined;
}

/** Takes up edits of the configuration while the program runs. */
export interface PolicyReloader extends PolicyControl {
  /** Reports the load with which the program started, and watches the files from now on. */
  start(): void;
  close(): Promise<void>;
}

/** Makes a reloader; the load with which the program started is number 1. */
export function createPolicyReloader(options: ReloaderOptions): PolicyReloader {
  const { log, pool, request, started, configuration, versions } = options;
  let active: ActivePolicies | undefined;
  let watch: FileWatch | undefined;
  let loads = 1;
  let running: Promise<LoadResult> | undefined;
  let next: { trigger: LoadTrigger; note: ChangeNote | undefined; readonly result: Promise<LoadResult> } | undefined;

  const activate = (
    load: Pick<LoadResult, "load" | "trigger" | "time">,
    { policyInFile, policySource, file }: Configuration,
    policies: PolicySet,
    writtenText: string | undefined,
    note?: ChangeNote,
  ): ActivePolicies => {
    const text = (policyInFile ? writtenText : undefined) ?? policiesAsYaml(policies);
    const base = baseOf(text);
    const { who, comment } = note?.text === text ? note : { who: "the file", comment: "" };
    const version = keepVersion(versions, active?.version, { ...load, file: file ?? null, base, text, who, comment });
    return { load: load.load, since: new Date(load.time), source: policySource, policies, base, version };
  };
  const loadOnce = async (trigger: LoadTrigger, note: ChangeNote | undefined): Promise<LoadResult> => {
    loads += 1;
    const load = { load: loads, trigger, time: Date.now() };
    const outcome = requirePolicy(loadConfiguration(request));
    watch?.follow(outcome.watch);
    const { configuration: edited, findings } = outcome;
    const policies = edited?.policies;
    if (edited === undefined || policies === undefined) {
      const stays = active?.load ?? 0;
      log.error(
        { event: "policy-refused", load: loads, inForce: stays, trigger, findings },
        `Load ${loads} (${trigger}) was refused: ${countFindings(findings)}. Load ${stays} stays active.${written(findings)}`,
      );
      return { ...load, findings, outcome: "refused", active };
    }
    const replaced = active;
    try {
      await pool.replacePolicies(policies, load.load);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.error(
        { event: "policy-not-everywhere", load: load.load, message },
        `Load ${load.load} is not active in every worker: ${message}`,
      );
      active = activate(load, edited, policies, outcome.text, note);
      return { ...load, findings, outcome: "not-everywhere", active };
    }
    active = activate(load, edited, policies, outcome.text, note);
    reportChange(replaced, active, trigger, findings);
    reportPending(edited);
    return { ...load, findings, outcome: "in-force", active };
  };
  const reportChange = (
    replaced: ActivePolicies | undefined,
    { load, source, policies }: ActivePolicies,
    trigger: LoadTrigger,
    findings: LoadOutcome["findings"],
  ): void => {
    const change = originChange(replaced?.policies, policies);
    const before = replaced?.load ?? 0;
    log.info(
      { event: "policy-in-force", load, replaced: before, trigger, source, ...change, findings },
      `Load ${load} (${trigger}) is active instead of load ${before}: ${changeInWords(change)}${written(findings)}`,
    );
  };
  const written = (findings: LoadOutcome["findings"]): string =>
    options.style === undefined || findings.length === 0 ? "" : `\n\n${formatFindings(findings, options.style)}\n`;
  const reportPending = (edited: Configuration): void => {
    const pending = pendingChanges(configuration, edited);
    if (pending.length === 0) return;
    const changes = pending.map(({ key, before, after }) => ({ key, running: before, edited: after }));
    const words = pending.map(
      ({ key, before, after }) => `${key} (${JSON.stringify(before)} → ${JSON.stringify(after)})`,
    );
    log.warn(
      { event: "restart-needed", changes },
      `Only policies change while running; a restart is needed for ${words.join(", ")}.`,
    );
  };
  const run = async (trigger: LoadTrigger, note: ChangeNote | undefined): Promise<LoadResult> => {
    const result = await loadOnce(trigger, note);
    options.onLoad(result);
    return result;
  };
  const reload = (trigger: LoadTrigger, note?: ChangeNote): Promise<LoadResult> => {
    if (running === undefined) {
      running = run(trigger, note).finally(() => {
        running = undefined;
      });
      return running;
    }
    if (next === undefined) {
      const result = running.then(() => {
        const wanted = next ?? { trigger, note };
        next = undefined;
        return reload(wanted.trigger, wanted.note);
      });
      next = { trigger, note, result };
    } else if (note !== undefined) {
      // A change by the API counts for more than the edit of the file that it brings with it.
      next.trigger = trigger;
      next.note = note;
    }
    return next.result;
  };
  return {
    request,
    versions,
    get active() {
      return active;
    },
    reload,
    start() {
      watch = watchFiles(started.watch, () => void reload("edit"));
      const { policies } = configuration;
      if (policies === undefined) return;
      const load = { load: 1, trigger: "start", time: Date.now() } as const;
      active = activate(load, configuration, policies, started.text);
      options.onLoad({ ...load, outcome: "in-force", findings: [], active });
    },
    async close() {
      await watch?.close();
      await active?.version;
    },
  };
}

/** At most this many origins are named in a line of the log; the operator's API lists them all. */
const maxNamedOrigins = 20;

function originChange(before: PolicySet | undefined, after: PolicySet) {
  const old = new Set(before === undefined ? [] : allowedOrigins(before));
  const now = new Set(allowedOrigins(after));
  return {
    added: [...now].filter((origin) => !old.has(origin)).slice(0, maxNamedOrigins),
    removed: [...old].filter((origin) => !now.has(origin)).slice(0, maxNamedOrigins),
  };
}

function changeInWords({ added, removed }: ReturnType<typeof originChange>): string {
  const parts = [
    ...(added.length === 0 ? [] : [`now allowed: ${added.join(", ")}`]),
    ...(removed.length === 0 ? [] : [`no longer allowed: ${removed.join(", ")}`]),
  ];
  return parts.length === 0 ? "the same origins are allowed." : `${parts.join("; ")}.`;
}
