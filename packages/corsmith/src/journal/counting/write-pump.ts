import { type Delta, decisionsIn } from "./delta.ts";
import type { Recorder } from "./recorder.ts";

/** Takes a delta to where it is kept. The same number again means: the same delta again. */
export type Deliver = (delta: Delta, sequence: number) => Promise<void>;

interface UnderWay {
  readonly delta: Delta;
  readonly sequence: number;
}

/** How often the recorder is emptied, in milliseconds: as much is lost at most when the program is killed. */
const everyMs = 500;
/** After a failure it is tried again after so long, then after twice as long, up to the longest. */
const firstPauseMs = 500;
const longestPauseMs = 5_000;

/** What the pump is told, and tells. */
export interface PumpOptions {
  readonly recorder: Recorder;
  readonly deliver: Deliver;
  /** Called twice a second, whether or not there is anything to deliver. */
  readonly onTick?: () => void;
  /** Called when delivering begins to fail, and when it works again. */
  readonly onFailing?: (error: Error) => void;
  readonly onRecovered?: () => void;
}

/**
 * Brings what a recorder counts to where it is kept, one delta at a time. One that cannot be delivered is tried again until it can, and
 * meanwhile the recorder, which is of bounded size, goes on counting: so nothing here grows, and no request ever waits.
 */
export class WritePump {
  readonly #options: PumpOptions;
  readonly #timer: NodeJS.Timeout;
  #underWay: UnderWay | undefined;
  #sequence = 0;
  #busy: Promise<void> | undefined;
  #pauseMs = 0;
  #triedAt = 0;
  #failing: { readonly since: number; readonly message: string } | undefined;
  #lastWrite: number | undefined;

  constructor(options: PumpOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#tick(), everyMs);
    this.#timer.unref();
  }

  get failing(): { readonly since: number; readonly message: string } | undefined {
    return this.#failing;
  }

  get lastWrite(): number | undefined {
    return this.#lastWrite;
  }

  /** Decisions that are not delivered yet. */
  get pending(): number {
    return this.#options.recorder.waiting + (this.#underWay === undefined ? 0 : decisionsIn(this.#underWay.delta.rows));
  }

  /** Delivers everything now. Resolves when it is done, or has failed. */
  async flush(): Promise<void> {
    // What is under way was taken before.
    await this.#busy;
    await this.#deliver();
  }

  /** Delivers everything, and stops. What cannot be delivered stays pending. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  #tick(): void {
    this.#options.onTick?.();
    if (performance.now() - this.#triedAt >= this.#pauseMs) void this.#deliver();
  }

  #deliver(): Promise<void> {
    this.#busy ??= this.#deliverAll().finally(() => {
      this.#busy = undefined;
    });
    return this.#busy;
  }

  async #deliverAll(): Promise<void> {
    let again: boolean;
    do {
      const retried = this.#underWay !== undefined;
      const delivered = await this.#deliverOne();
      again = delivered && (retried || this.#options.recorder.left);
    } while (again);
  }

  /** Returns whether something was delivered. */
  async #deliverOne(): Promise<boolean> {
    const underWay = this.#underWay ?? this.#next();
    if (underWay === undefined) return false;
    this.#triedAt = performance.now();
    try {
      await this.#options.deliver(underWay.delta, underWay.sequence);
      this.#delivered();
      return true;
    } catch (thrown) {
      this.#failed(thrown instanceof Error ? thrown : new Error(String(thrown)));
      return false;
    }
  }

  #delivered(): void {
    this.#underWay = undefined;
    this.#lastWrite = Date.now();
    this.#pauseMs = 0;
    if (this.#failing !== undefined) this.#options.onRecovered?.();
    this.#failing = undefined;
  }

  #failed(error: Error): void {
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2 || firstPauseMs);
    if (this.#failing === undefined) this.#options.onFailing?.(error);
    this.#failing = { since: this.#failing?.since ?? Date.now(), message: error.message };
  }

  #next(): UnderWay | undefined {
    const delta = this.#options.recorder.take();
    if (delta === undefined) return undefined;
    this.#sequence += 1;
    this.#underWay = { delta, sequence: this.#sequence };
    return this.#underWay;
  }
}
