import cluster from "node:cluster";
import { createServer } from "node:net";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { PolicySet } from "../../config/policy-set.ts";
import { defaultGatewayLimits } from "../../gateway/inbound/limits.ts";
import type { OpenJournal } from "../../journal/open-journal.ts";
import { type Measurements, mergeMeasurements } from "../../metrics/measurements.ts";
import type { LogOptions } from "../log.ts";
import type { GatewayPool, PoolEvents } from "./gateway-pool.ts";
import type { GatewaySettings } from "./gateway-settings.ts";
import { WorkerMember } from "./worker-member.ts";
import { type SentPolicies, workerArgument } from "./worker-messages.ts";

/** What the pool needs beside what every gateway needs. */
export interface WorkerPoolOptions {
  readonly count: number;
  readonly settings: GatewaySettings;
  readonly log: Logger;
  readonly logOptions: LogOptions;
  /** Makes policies ready to be sent. */
  readonly send: (policies: PolicySet, load: number) => SentPolicies;
  readonly events: PoolEvents;
  /** Takes in what the workers have counted. */
  readonly journal: Pick<OpenJournal, "merge"> | undefined;
}

/** How long a new connection takes from the primary to a worker, at most, in milliseconds. */
const handOverMs = 50;
/** How long a worker may take to tell what it has measured, in milliseconds; then what it told before has to do. */
const measureMs = 500;
/** At most this many workers are started again in a minute. */
const respawnsAMinute = 5;

/**
 * Starts several processes that share the port. Throws the system's error if the address cannot be had. A worker that dies is replaced,
 * within bounds; when none is left, the pool fails.
 */
export async function startWorkerPool(
  options: WorkerPoolOptions,
  policies: PolicySet,
  load: number,
): Promise<GatewayPool> {
  const pool = new WorkerPool(options, options.send(policies, load));
  const url = await pool.start();
  return {
    url,
    ready: () => pool.ready,
    processes: () => pool.processes,
    measured: () => pool.measured(),
    replacePolicies: (next, number) => pool.replacePolicies(options.send(next, number)),
    close: () => pool.close(),
  };
}

class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #members = new Set<WorkerMember>();
  readonly #budget = new RespawnBudget(respawnsAMinute, 60_000);
  #policies: SentPolicies;
  #settings: GatewaySettings;
  #started = false;
  /** What workers had measured that have ended. */
  #ended: Measurements = [];
  #closing = false;

  constructor(options: WorkerPoolOptions, policies: SentPolicies) {
    this.#options = options;
    this.#settings = options.settings;
    this.#policies = policies;
  }

  get ready(): boolean {
    return !this.#closing && [...this.#members].some(({ listening }) => listening);
  }

  get processes(): number {
    return [...this.#members].filter(({ listening }) => listening).length;
  }

  async measured(): Promise<Measurements> {
    const members = [...this.#members].filter(({ listening }) => listening);
    await Promise.all(members.map((member) => member.measure(measureMs)));
    return mergeMeasurements([this.#ended, ...[...this.#members].map((member) => member.measured)]);
  }

  async start(): Promise<URL> {
    const { listen } = this.#settings;
    if (listen.port === 0)
      this.#settings = { ...this.#settings, listen: { ...listen, port: await freePort(listen.host) } };
    cluster.setupPrimary({ exec: process.argv[1] ?? "", args: [workerArgument] });
    try {
      // One alone first: were the port taken, each of them would say so.
      const url = await this.#add();
      this.#started = true;
      await Promise.all(Array.from({ length: this.#options.count - 1 }, () => this.#add()));
      return url;
    } catch (error) {
      this.#closing = true;
      for (const member of this.#members) member.kill();
      throw error;
    }
  }

  async replacePolicies(policies: SentPolicies): Promise<void> {
    this.#policies = policies;
    const listening = [...this.#members].filter((member) => member.listening);
    const outcomes = await Promise.allSettled(listening.map((member) => member.replacePolicies(policies)));
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed) throw failed.reason;
  }

  async close(): Promise<void> {
    this.#closing = true;
    // Connections that this process has accepted are on their way to the workers, which must not have closed before they come.
    await delay(handOverMs);
    const seconds = (this.#settings.limits.drainSeconds ?? defaultGatewayLimits.drainSeconds) + 5;
    await Promise.all([...this.#members].map((member) => member.drain(seconds * 1000)));
  }

  async #add(): Promise<URL> {
    const { logOptions, journal } = this.#options;
    const member = new WorkerMember((delta) => journal?.merge(delta));
    this.#members.add(member);
    void member.ended.then((how) => this.#replace(member, how));
    const url = await member.start({
      type: "start",
      settings: this.#settings,
      policies: this.#policies,
      logLevel: logOptions.level,
      pretty: logOptions.pretty,
      colors: logOptions.colors,
      counts: journal !== undefined,
    });
    // A load that came while the worker was starting did not reach it.
    if (member.load !== this.#policies.load) await member.replacePolicies(this.#policies);
    return url;
  }

  async #replace(member: WorkerMember, how: string): Promise<void> {
    this.#members.delete(member);
    this.#ended = mergeMeasurements([this.#ended, member.measured]);
    // Before the first one listens, `start` itself throws.
    if (this.#closing || !this.#started) return;
    const { log, events } = this.#options;
    if (this.#budget.take(Date.now())) {
      log.error(
        { event: "worker-ended", worker: member.id, how },
        `Worker ${member.id} ended (${how}); another one takes its place.`,
      );
      await this.#respawn();
      return;
    }
    if (this.#members.size === 0) {
      events.onFailure(
        new Error(`Workers keep dying, the last one with ${how}: ${respawnsAMinute} were replaced within a minute.`),
      );
      return;
    }
    log.error(
      { event: "worker-ended", worker: member.id, how, left: this.#members.size },
      `Worker ${member.id} ended (${how}). Too many did: the next one is started in a minute.`,
    );
    await delay(60_000, undefined, { ref: false });
    if (!this.#closing && this.#budget.take(Date.now())) await this.#respawn();
  }

  async #respawn(): Promise<void> {
    try {
      await this.#add();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // Its end is seen too, and leads to the next attempt or to the pool's failure.
      this.#options.log.error({ event: "worker-failed", message }, `A worker could not start: ${message}`);
    }
  }
}

/**
 * A port that is free now. The system would give one to all workers together, but a new one when all of them have died: their clients could
 * not follow.
 */
async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen({ host, port: 0, exclusive: true }, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** How many processes may be started again in a while: a worker that dies at once, each time, must not eat the machine. */
class RespawnBudget {
  readonly #times: number[] = [];
  readonly #most: number;
  readonly #milliseconds: number;

  constructor(most: number, milliseconds: number) {
    this.#most = most;
    this.#milliseconds = milliseconds;
  }

  /** Takes one; returns false if there is none left at this time. @param now in milliseconds */
  take(now: number): boolean {
    while (this.#times[0] !== undefined && this.#times[0] <= now - this.#milliseconds) this.#times.shift();
    if (this.#times.length >= this.#most) return false;
    this.#times.push(now);
    return true;
  }
}
