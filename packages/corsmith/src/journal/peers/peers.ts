import type { JournalMoment, OthersListener } from "../journal.ts";
import type { GatewayState } from "../journal-status.ts";

/** How often what the others have written is asked for while somebody looks, in milliseconds. */
const everyMs = 1_000;
/** How often this program says that it lives while nobody does. */
const seldomMs = 10_000;
/** How long a database that failed is left alone. */
const pauseMs = 3_000;

/** Says that this program lives, and follows what the others have written. The thread of the journal does. */
export type Beat = (follows: boolean) => Promise<unknown>;

/**
 * The programs that share a database, seen from one of them. One question is under way at a time: a database that hangs is not asked again
 * until it has answered, or was given up.
 */
export class Company {
  readonly #beat: Beat;
  readonly #listeners = new Set<OthersListener>();
  #busy = false;
  #timer: NodeJS.Timeout | undefined;
  #next = 0;
  #notBefore = 0;

  constructor(beat: Beat) {
    this.#beat = beat;
  }

  watch(listener: OthersListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Says that this program lives: now, and from now on. */
  enter(): void {
    this.#timer ??= setInterval(() => this.#tick(), everyMs).unref();
    void this.#ask();
  }

  /** Says at the next tick what has changed here. */
  speakUp(): void {
    this.#next = 0;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
  }

  #tick(): void {
    const now = performance.now();
    if (now >= this.#notBefore && (this.#wanted || now >= this.#next)) void this.#ask();
  }

  get #wanted(): boolean {
    return [...this.#listeners].some((listener) => listener.wanted());
  }

  async #ask(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#next = performance.now() + seldomMs;
    try {
      const moment = (await this.#beat(this.#wanted)) as JournalMoment | undefined;
      if (moment !== undefined) this.#tell(moment);
    } catch {
      // The writing says it where it fails; here it is enough to try again.
      this.#notBefore = performance.now() + pauseMs;
    } finally {
      this.#busy = false;
    }
  }

  #tell(moment: JournalMoment): void {
    for (const listener of this.#listeners) {
      try {
        listener.hear(moment);
      } catch {
        // Whoever watches must not hide it from the others.
      }
    }
  }
}

/** This program runs, whatever the database knows of it. */
export function withOwn(gateways: readonly GatewayState[], name: string, policy: string): readonly GatewayState[] {
  const others = gateways.filter((gateway) => !gateway.own && gateway.name !== name);
  return [{ name, own: true, running: true, lastSeen: Date.now(), policy: policy || null }, ...others];
}
