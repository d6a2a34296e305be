import { type MomentListener, showMoment } from "../counting/live-moment.ts";
import type { GatewayState, JournalMoment } from "../schema/status.ts";

/** How often what the others have written is read while somebody watches, in milliseconds. */
const intervalMs = 1_000;
/** How often this program announces that it runs, in milliseconds. */
const heartbeatMs = 10_000;
/** How long a database that failed is not asked, in milliseconds. */
const retryMs = 3_000;

/** Watches what other programs decide. */
export interface PeerListener extends MomentListener {
  /** While no listener is wanted, nothing is read. */
  isWanted(): boolean;
}

/** What is asked of the database: to note that this program runs, and what the others have written since the last time. */
interface PeerCalls {
  announce(): Promise<unknown>;
  read(): Promise<JournalMoment | undefined>;
}

/**
 * The programs that share a database, seen from one of them. One question is under way at a time: a database that hangs is not asked again
 * until it has answered, or was given up.
 */
export class Peers {
  readonly #calls: PeerCalls;
  readonly #listeners = new Set<PeerListener>();
  #isBusy = false;
  #timer: NodeJS.Timeout | undefined;
  #announceAt = 0;
  #retryAt = 0;

  constructor(calls: PeerCalls) {
    this.#calls = calls;
  }

  watch(listener: PeerListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Announces this program now, and from now on. */
  join(): void {
    this.#timer ??= setInterval(() => void this.#tick(), intervalMs).unref();
    void this.#tick();
  }

  /** Announces at the next tick what has changed here. */
  announce(): void {
    this.#announceAt = 0;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
  }

  async #tick(): Promise<void> {
    const now = performance.now();
    const isDue = now >= this.#announceAt;
    const isWanted = [...this.#listeners].some((listener) => listener.isWanted());
    if (this.#isBusy || now < this.#retryAt || !(isDue || isWanted)) return;
    this.#isBusy = true;
    try {
      if (isDue) {
        this.#announceAt = now + heartbeatMs;
        await this.#calls.announce();
      }
      if (isWanted) showMoment(await this.#calls.read(), this.#listeners);
    } catch {
      // The writing reports it where it fails; here it is enough to try again.
      this.#retryAt = performance.now() + retryMs;
      if (isDue) this.#announceAt = 0;
    } finally {
      this.#isBusy = false;
    }
  }
}

/** This program runs, whatever the database knows of it. */
export function withOwn(gateways: readonly GatewayState[], name: string, policy: string): readonly GatewayState[] {
  const others = gateways.filter((gateway) => !gateway.own && gateway.name !== name);
  return [{ name, own: true, running: true, lastSeen: Date.now(), policy: policy || null }, ...others];
}
