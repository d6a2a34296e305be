import cluster from "node:cluster";
import { createServer } from "node:net";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { Address } from "../../config/address.ts";
import type { PolicySet } from "../../config/policy-set.ts";
import { defaultGatewayLimits } from "../../gateway/inbound/limits.ts";
import type { Journal } from "../../journal/open-journal.ts";
import { type Measurements, mergeMeasurements } from "../../metrics/measurements.ts";
import type { LogOptions } from "../log.ts";
import type { GatewayPool, GatewaySettings } from "./gateway-pool.ts";
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
  /** Called when the pool cannot go on, and nothing is served any more. */
  readonly onFailure: (error: Error) => void;
  /** Takes in what the workers have counted. */
  readonly journal: Pick<Journal, "merge"> | undefined;
}

/** How long a new connection takes from the primary to a worker, at most, in milliseconds. */
const handOverMs = 50;
/** How long a worker may take to report what it has measured, in milliseconds; then its report before counts. */
const measureTimeoutMs = 500;
/** How many workers are started again in a minute, at most. */
const maxRespawns = 5;
const respawnIntervalMs = 60_000;

/**
 * Starts several processes that share the port. A worker that dies is replaced, within bounds; when none is left, the pool fails. The load
 * has the number `load`.
 *
 * @throws the system's error if the address cannot be had
 */
export async function startWorkerPool(
  options: WorkerPoolOptions,
  policies: PolicySet,
  load: number,
): Promise<GatewayPool> {
  const pool = new WorkerPool(options, options.send(policies, load));
  await pool.start();
  return pool;
}

class WorkerPool implements GatewayPool {
  readonly #options: WorkerPoolOptions;
  readonly #members = new Set<WorkerMember>();
  readonly #mayRespawn = respawnBudget(maxRespawns, respawnIntervalMs);
  #url: URL | undefined;
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

  get url(): URL | undefined {
    return this.#url;
  }

  ready(): boolean {
    return !this.#closing && this.processes() > 0;
  }

  processes(): number {
    return this.#listening().length;
  }

  async measured(): Promise<Measurements> {
    await Promise.all(this.#listening().map((member) => member.measure(measureTimeoutMs)));
    return mergeMeasurements([this.#ended, ...[...this.#members].map((member) => member.measured)]);
  }

  async start(): Promise<void> {
    const { listen } = this.#settings;
    if (listen.port === 0) this.#settings = { ...this.#settings, listen: { ...listen, port: await freePort(listen) } };
    cluster.setupPrimary({ exec: process.argv[1] ?? "", args: [workerArgument] });
    try {
      // One alone first: were the port taken, each of them would say so.
      this.#url = await this.#add();
      this.#started = true;
      await Promise.all(Array.from({ length: this.#options.count - 1 }, () => this.#add()));
    } catch (error) {
      this.#closing = true;
      for (const member of this.#members) member.kill();
      throw error;
    }
  }

  async replacePolicies(policies: PolicySet, load: number): Promise<void> {
    const sent = this.#options.send(policies, load);
    this.#policies = sent;
    const outcomes = await Promise.allSettled(this.#listening().map((member) => member.replacePolicies(sent)));
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

  #listening(): readonly WorkerMember[] {
    return [...this.#members].filter(({ listening }) => listening);
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
      log: logOptions,
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
    const { log, onFailure } = this.#options;
    if (this.#mayRespawn(Date.now())) {
      log.error(
        { event: "worker-ended", worker: member.id, how },
        `Worker ${member.id} ended (${how}); another one takes its place.`,
      );
      await this.#respawn();
      return;
    }
    if (this.#members.size === 0) {
      const message = `Workers keep dying, the last one with ${how}: ${maxRespawns} were replaced within a minute.`;
      onFailure(new Error(message));
      return;
    }
    log.error(
      { event: "worker-ended", worker: member.id, how, left: this.#members.size },
      `Worker ${member.id} ended (${how}). Too many did: the next one is started in a minute.`,
    );
    await delay(respawnIntervalMs, undefined, { ref: false });
    if (!this.#closing && this.#mayRespawn(Date.now())) await this.#respawn();
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

/** Lets at most `max` starts through in an interval: a worker that dies at once, each time, must not eat the machine. */
function respawnBudget(max: number, intervalMs: number): (now: number) => boolean {
  let times: readonly number[] = [];
  return (now) => {
    times = times.filter((time) => time > now - intervalMs);
    if (times.length >= max) return false;
    times = [...times, now];
    return true;
  };
}

/**
 * The port on which one can listen now, at this address. For port 0 the system would give one to all workers together, but a new one when
 * all of them have died: their clients could not follow.
 *
 * @throws the system's error if the address cannot be had
 */
export async function freePort({ host, port }: Address): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen({ host, port, exclusive: true }, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : port;
}
