/** What a client may take from the gateway. All are positive numbers; `drainSeconds` may be 0. */
export interface GatewayLimits {
  /** Bytes of a request's line and header section together. More is answered 431. Default 16384. */
  readonly headerBytes: number;
  /** Header lines of a request. More is answered 431; none is ever dropped silently. Default 100. */
  readonly headerCount: number;
  /** Seconds in which the header section must have come. Otherwise 408. Default 15. */
  readonly headerSeconds: number;
  /** Seconds in which the whole request, its body too, must have come. Otherwise 408. The answer may take longer. Default 300. */
  readonly requestSeconds: number;
  /**
   * Seconds for which an idle connection of a client is kept. Default 65, longer than the 60 of common load balancers: otherwise the
   * gateway closes a connection at the moment in which the balancer sends on it.
   */
  readonly keepAliveSeconds: number;
  /** Seconds that `close()` gives to requests under way. What is left then is cut off. Default 30. */
  readonly drainSeconds: number;
}

/** The limits of a gateway that is given none. */
export const defaultGatewayLimits: GatewayLimits = Object.freeze({
  headerBytes: 16_384,
  headerCount: 100,
  headerSeconds: 15,
  requestSeconds: 300,
  keepAliveSeconds: 65,
  drainSeconds: 30,
});

/**
 * Fills in the defaults and checks the result.
 *
 * @throws {RangeError} that names the limit, its value and the fix
 */
export function resolveGatewayLimits(given: Partial<GatewayLimits> = {}): GatewayLimits {
  const limits = { ...defaultGatewayLimits, ...given };
  for (const [name, value] of Object.entries(limits)) {
    if (isLimit(name, value)) continue;
    const kind = countLimits.has(name) ? "a whole number above 0" : "a number of seconds";
    throw new RangeError(
      `limits.${name} is ${String(value)}, which is not ${kind}. Fix: remove it, or set it to ${kind}.`,
    );
  }
  if (limits.requestSeconds < limits.headerSeconds) {
    throw new RangeError(
      `limits.requestSeconds is ${limits.requestSeconds}, less than limits.headerSeconds (${limits.headerSeconds}). ` +
        `Fix: set requestSeconds to at least ${limits.headerSeconds}.`,
    );
  }
  return limits;
}

/** The limits that count something; the others are seconds. */
export const countLimits: ReadonlySet<string> = new Set(["headerBytes", "headerCount"]);

/** Can the limit of this name have this value? */
export function isLimit(name: string, value: unknown): boolean {
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  if (countLimits.has(name)) return Number.isInteger(value) && value >= 1;
  return name === "drainSeconds" ? value >= 0 : value > 0;
}
