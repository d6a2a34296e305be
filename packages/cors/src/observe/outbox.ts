/** What an outbox delivers, and how. Items wait in a queue, or are added up while they wait. */
export interface OutboxOptions<Batch> {
  /** Items that wait. */
  readonly waiting: () => number;
  /** Does a whole batch wait, or more? Then the next one follows at once. */
  readonly isFull: () => boolean;
  /** Takes the next batch out; `undefined` if nothing waits. */
  readonly take: () => Batch | undefined;
  /** The number of items in a batch. */
  readonly sizeOf: (batch: Batch) => number;
  /** Delivers a batch, or rejects. The same number again means the same batch again: it is not known whether it arrived. */
  readonly deliver: (batch: Batch, sequence: number) => Promise<void>;
  /** The pause after a first failure; each further one doubles it, up to the longest. */
  readonly minPauseMs: number;
  readonly maxPauseMs: number;
  /** Called when delivering begins to fail, and when it works again. */
  readonly onFailing?: ((error: Error) => void) | undefined;
  readonly onRecovered?: (() => void) | undefined;
  /** Called with the number of items that were given up. */
  readonly onLost?: ((items: number) => void) | undefined;
}

/** Why a batch was not delivered, where more is known than that it was not. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  /** Will the batch never be accepted as it is? Then it is given up. */
  readonly isFinal: boolean;
  /** Milliseconds before which it is not tried again. */
  readonly retryMs: number;

  constructor(message: string, isFinal = false, retryMs = 0) {
    super(message);
    this.isFinal = isFinal;
    this.retryMs = retryMs;
  }
}

/**
 * Delivers what waits, one batch at a time. A batch that does not arrive is tried again, less and less often, until it does; meanwhile its
 * owner goes on collecting, within bounds: so nothing here grows, and no request waits. It has no clock of its own: its owner calls `tick`.
 */
export class Outbox<Batch> {
  readonly #options: OutboxOptions<Batch>;
  #underWay: { readonly batch: Batch; readonly sequence: number } | undefined;
  #sequence = 0;
  #busy: Promise<void> | undefined;
  #pauseMs = 0;
  #notBefore = 0;
  #failing: { readonly since: number; readonly message: string } | undefined;
  #deliveredAt: number | undefined;

  constructor(options: OutboxOptions<Batch>) {
    this.#options = options;
  }

  /** Since when nothing arrives, in milliseconds since 1970, and why; `undefined` if all is well. */
  get failing(): { readonly since: number; readonly message: string } | undefined {
    return this.#failing;
  }

  /** When a batch arrived last, in milliseconds since 1970. */
  get deliveredAt(): number | undefined {
    return this.#deliveredAt;
  }

  /** Items that are not delivered yet. */
  get pending(): number {
    return this.#options.waiting() + this.#underWaySize;
  }

  /** Begins to deliver what waits, unless that is going on already, or it is too soon after a failure. */
  tick(): void {
    if (performance.now() >= this.#notBefore) void this.#deliver(0);
  }

  /** Delivers now what waits now. Resolves when it has arrived, or something has not. */
  async flush(): Promise<void> {
    // What is under way was taken before.
    await this.#busy;
    await this.#deliver(this.pending);
  }

  /** Gives everything up that was not delivered. */
  abandon(): void {
    this.#options.onLost?.(this.pending);
    this.#underWay = undefined;
    while (this.#options.take() !== undefined);
  }

  get #underWaySize(): number {
    return this.#underWay === undefined ? 0 : this.#options.sizeOf(this.#underWay.batch);
  }

  #deliver(items: number): Promise<void> {
    this.#busy ??= this.#deliverAll(items).finally(() => {
      this.#busy = undefined;
    });
    return this.#busy;
  }

  /** Delivers this many items; and after a failure, or where a whole batch waits, more. */
  async #deliverAll(items: number): Promise<void> {
    for (let left = items, goesOn = true; goesOn; ) {
      const isRetry = this.#underWay !== undefined;
      this.#underWay ??= this.#next();
      if (this.#underWay === undefined) return;
      const { batch, sequence } = this.#underWay;
      try {
        await this.#options.deliver(batch, sequence);
      } catch (thrown) {
        this.#failed(thrown instanceof Error ? thrown : new Error(String(thrown)));
        return;
      }
      this.#delivered();
      left -= this.#options.sizeOf(batch);
      goesOn = left > 0 || isRetry || this.#options.isFull();
    }
  }

  #next(): { readonly batch: Batch; readonly sequence: number } | undefined {
    const batch = this.#options.take();
    if (batch === undefined) return undefined;
    this.#sequence += 1;
    return { batch, sequence: this.#sequence };
  }

  #delivered(): void {
    this.#underWay = undefined;
    this.#deliveredAt = Date.now();
    this.#pauseMs = 0;
    if (this.#failing !== undefined) this.#options.onRecovered?.();
    this.#failing = undefined;
  }

  #failed(error: Error): void {
    const { minPauseMs, maxPauseMs, onFailing, onLost } = this.#options;
    const { isFinal, retryMs } = error instanceof DeliveryError ? error : { isFinal: false, retryMs: 0 };
    if (isFinal) {
      onLost?.(this.#underWaySize);
      this.#underWay = undefined;
    }
    this.#pauseMs = Math.min(maxPauseMs, this.#pauseMs * 2 || minPauseMs);
    // Not all at once: after an outage all senders would come in the same second.
    this.#notBefore = performance.now() + Math.max(retryMs, this.#pauseMs * (0.5 + Math.random() / 2));
    if (this.#failing === undefined) onFailing?.(error);
    this.#failing = { since: this.#failing?.since ?? Date.now(), message: error.message };
  }
}
