/** How many processes may be started again in a while: a worker that dies at once, each time, must not eat the machine. */
export class RespawnBudget {
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
