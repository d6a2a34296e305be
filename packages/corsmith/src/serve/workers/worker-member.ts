import type { Worker } from "node:cluster";
import cluster from "node:cluster";
import type { Delta } from "../../journal/counting/delta.ts";
import type { Measurements } from "../../metrics/measurements.ts";
import type { PrimaryMessage, SentPolicies, WorkerMessage } from "./worker-messages.ts";

/** How long a worker may take to start or to take over policies, in timeoutMs. */
const answerTimeoutMs = 30_000;

/** One worker process as the primary sees it. */
export class WorkerMember {
  readonly #worker: Worker;
  /** Resolves when the process has ended, to how it did: `code 1`, `signal SIGKILL`. */
  readonly ended: Promise<string>;
  listening = false;
  /** The load whose policies it has. */
  load = 0;
  /** What it has measured, as far as it has reported. */
  measured: Measurements = [];
  #counted = 0;

  /** @param count takes in what the worker has counted for the journal */
  constructor(count: (delta: Delta) => void) {
    this.#worker = cluster.fork();
    this.#worker.on("message", (message: WorkerMessage) => {
      if (message.type === "delta") this.#count(message, count);
      if (message.type === "measured") this.measured = message.measurements;
    });
    this.ended = new Promise((resolve) => {
      this.#worker.once("exit", (code, signal) => {
        this.listening = false;
        resolve(signal ? `signal ${signal}` : `code ${code}`);
      });
    });
  }

  get id(): number {
    return this.#worker.id;
  }

  /** Asks what it has measured up to now. Resolves when it has reported, or too late. */
  async measure(timeoutMs: number): Promise<void> {
    this.#send({ type: "measure" });
    await this.#receive(({ type }) => type === "measured", timeoutMs).catch(() => {});
  }

  /** Resolves to the address on which it listens. Rejects with the worker's own error if it cannot. */
  async start(message: Extract<PrimaryMessage, { type: "start" }>): Promise<URL> {
    await this.#receive((answer) => answer.type === "waiting");
    this.#send(message);
    const answer = await this.#receive(({ type }) => type === "listening" || type === "refused");
    // With the code of the system's error in the worker, `EADDRINUSE` for example.
    if (answer.type === "refused") throw Object.assign(new Error(answer.message), { code: answer.code });
    if (answer.type !== "listening") throw new Error("A worker gave an unexpected answer.");
    this.listening = true;
    this.load = message.policies.load;
    return new URL(answer.url);
  }

  /** Resolves when the policies are active in it. */
  async replacePolicies(policies: SentPolicies): Promise<void> {
    this.#send({ type: "policies", policies });
    const answer = await this.#receive((message) => "load" in message && message.load === policies.load);
    if (answer.type === "not-in-force") throw new Error(answer.message);
    this.load = policies.load;
  }

  /** Lets it finish its requests; kills it if that takes longer than `timeoutMs`. Resolves when it has ended. */
  async drain(timeoutMs: number): Promise<void> {
    if (this.#worker.isDead()) return;
    this.#send({ type: "drain" });
    const timer = setTimeout(() => this.kill(), timeoutMs);
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.#worker.process.kill("SIGKILL");
  }

  /** One that comes again, because our answer was late, is not counted again. */
  #count({ sequence, delta }: Extract<WorkerMessage, { type: "delta" }>, count: (delta: Delta) => void): void {
    if (sequence > this.#counted) {
      this.#counted = sequence;
      count(delta);
    }
    this.#send({ type: "counted", sequence });
  }

  #send(message: PrimaryMessage): void {
    // A worker that died meanwhile has its end reported elsewhere.
    if (this.#worker.isConnected()) this.#worker.send(message, undefined, () => {});
  }

  async #receive(
    isIt: (message: WorkerMessage) => boolean,
    timeoutMs: number = answerTimeoutMs,
  ): Promise<WorkerMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<WorkerMessage>();
    const listener = (message: WorkerMessage): void => {
      if (isIt(message)) resolve(message);
    };
    const timer = setTimeout(
      () => reject(new Error(`Worker ${this.id} did not answer within ${timeoutMs / 1000} s.`)),
      timeoutMs,
    );
    void this.ended.then((how) => reject(new Error(`Worker ${this.id} ended (${how}).`)));
    this.#worker.on("message", listener);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#worker.off("message", listener);
    }
  }
}
