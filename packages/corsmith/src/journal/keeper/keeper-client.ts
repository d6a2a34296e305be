import { Worker } from "node:worker_threads";
import { JournalOpenError } from "../database/database.ts";
import type { KeeperAnswer, KeeperCall, KeeperData, KeeperRequest } from "./keeper-messages.ts";

/** How long an answer may take, in milliseconds, before the caller goes on without it. */
const patience = 60_000;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The thread in which the journal is kept, seen from the program. It is started when it is needed, and again if it died. */
export class KeeperClient {
  readonly #data: KeeperData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #count = 0;

  constructor(data: KeeperData) {
    this.#data = data;
  }

  /** Asks the thread. Rejects with what went wrong there; a JournalOpenError comes as one. */
  async ask(call: KeeperCall): Promise<unknown> {
    const worker = this.#running();
    this.#count += 1;
    const id = this.#count;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { resolve, reject });
    const timer = setTimeout(
      () => reject(new Error(`The journal gave no answer within ${patience / 1000} s.`)),
      patience,
    );
    worker.postMessage({ id, call } satisfies KeeperRequest);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** Ends the thread. */
  async end(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(threadFile, {
      workerData: this.#data,
      // node:sqlite is called experimental by the older versions of Node that we support; that is no news for who serves an API.
      // Of the program's own flags a thread takes only some: it would not start with one for V8.
      execArgv: [
        ...process.execArgv.filter((flag) => flag.startsWith("--conditions=")),
        "--disable-warning=ExperimentalWarning",
      ],
      name: "corsmith-journal",
      // It handles a batch twice a second, so a large nursery would only hold garbage.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
    });
    worker.unref();
    worker.on("message", (answer: KeeperAnswer) => this.#hear(answer));
    worker.on("error", (error: Error) => this.#died(worker, error));
    worker.on("exit", () => this.#died(worker, new Error("The journal's thread ended.")));
    this.#worker = worker;
    return worker;
  }

  #hear(answer: KeeperAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    if (answer.ok) waiting?.resolve(answer.value);
    else if (answer.code === undefined) waiting?.reject(new Error(answer.message));
    else waiting?.reject(new JournalOpenError(answer.code, answer.message, answer.fix));
  }

  #died(worker: Worker, error: Error): void {
    if (this.#worker === worker) this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Beside this file, as a source or as what was made of it. */
const threadFile = new URL(`./keeper-thread.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);
