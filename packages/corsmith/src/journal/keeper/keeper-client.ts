import { Worker } from "node:worker_threads";
import { type JournalOpenCode, JournalOpenError } from "../database/database.ts";
import type { JournalKeeper, KeeperData } from "./keeper.ts";

/** How long an answer may take, in milliseconds, before the caller goes on without it. */
const timeoutMs = 60_000;

export interface KeeperRequest {
  readonly id: number;
  readonly method: keyof JournalKeeper;
  readonly values: readonly unknown[];
}

export interface KeeperAnswer {
  readonly id: number;
  readonly value?: unknown;
  /** With code and fix where it was a JournalOpenError. */
  readonly error?: { readonly message: string; readonly code?: JournalOpenCode; readonly fix?: string };
}

/** The thread in which the journal is kept, seen from the program. It is started when it is needed, and again if it died. */
export class KeeperClient {
  readonly #data: KeeperData;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #worker: Worker | undefined;
  #count = 0;

  constructor(data: KeeperData) {
    this.#data = data;
  }

  /** Calls a method of the keeper. Rejects with what went wrong there; a JournalOpenError comes as one. */
  async call<Method extends keyof JournalKeeper>(
    method: Method,
    ...values: Parameters<JournalKeeper[Method]>
  ): Promise<Awaited<ReturnType<JournalKeeper[Method]>>> {
    const worker = this.#running();
    this.#count += 1;
    const id = this.#count;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    const timer = setTimeout(
      () => waiting.reject(new Error(`The journal did not answer within ${timeoutMs / 1000} s.`)),
      timeoutMs,
    );
    worker.postMessage({ id, method, values } satisfies KeeperRequest);
    try {
      return (await waiting.promise) as Awaited<ReturnType<JournalKeeper[Method]>>;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  async end(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(threadFile, {
      workerData: this.#data,
      // node:sqlite is called experimental by the older versions of Node that we support; that does not concern people who serve an API.
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
    worker.on("message", (answer: KeeperAnswer) => this.#answered(answer));
    worker.on("error", (error: Error) => this.#died(worker, error));
    worker.on("exit", () => this.#died(worker, new Error("The journal's thread ended.")));
    this.#worker = worker;
    return worker;
  }

  #answered({ id, value, error }: KeeperAnswer): void {
    const waiting = this.#waiting.get(id);
    if (error === undefined) waiting?.resolve(value);
    else if (error.code === undefined) waiting?.reject(new Error(error.message));
    else waiting?.reject(new JournalOpenError(error.code, error.message, error.fix ?? ""));
  }

  #died(worker: Worker, error: Error): void {
    if (this.#worker === worker) this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Beside this file, as a source or as what was made of it. */
const threadFile = new URL(`./keeper-thread.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);
