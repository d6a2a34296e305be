import { isIPv6 } from "node:net";
import { ApiProblem } from "../api/api-problem.ts";
import type { Secret } from "../config/secret.ts";

/** What a caller presents. */
export interface Caller {
  /** The address from which it calls. */
  readonly address: string;
  readonly authorization: string | undefined;
}

/**
 * Why this `Authorization` does not let its sender in; `undefined` if it does, or if no token is required. Wrong ones are counted.
 *
 * @param now milliseconds of a clock that only goes forward
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function tokenProblem(
  token: Secret | undefined,
  { address, authorization }: Caller,
  wrong: WrongTokens,
  now: number,
): ApiProblem | undefined {
  if (token === undefined) return undefined;
  const field = "authorization";
  const fix = "Send authorization: Bearer, and the token that the server was started with.";
  const given = /^Bearer +(?<token>[\x21-\x7e]+) *$/i.exec(authorization ?? "")?.groups?.["token"];
  if (given === undefined) {
    return new ApiProblem("token-missing", "This server requires a token.", fix, { field });
  }
  const waitMs = wrong.waitMs(address, now);
  if (waitMs > 0) {
    // https://www.rfc-editor.org/rfc/rfc6585#section-4
    const retryAfter = Math.ceil(waitMs / 1_000);
    const detail = "Too many wrong tokens; no token is checked for now.";
    const later = `Wait ${retryAfter} s, and send the token that the server was started with.`;
    return new ApiProblem("token-too-often", detail, later, { field, retryAfter });
  }
  if (token.matches(given)) {
    wrong.right(address);
    return undefined;
  }
  wrong.count(address, now);
  return new ApiProblem("token-wrong", "Wrong token.", fix, { field });
}

/** How many wrong tokens are checked: `burst` at once, and after that one every `intervalMs`. */
type AttemptRate = Readonly<Record<"burst" | "intervalMs", number>>;

/** Of one address: a person who mistypes notices nothing, a program that guesses gets ten a minute. */
const clientRate: AttemptRate = { burst: 20, intervalMs: 6_000 };
/** Of all addresses together, since an attacker may have many. */
const totalRate: AttemptRate = { burst: 200, intervalMs: 300 };
/**
 * Clients that are kept; beyond it those are forgotten whose allowance is whole again. It is never exceeded: of all together, 600 tokens are
 * checked in the two minutes that an allowance takes to be whole, and 64 more of those that have the token.
 */
const maxClients = 1_024;
/** Addresses that are remembered because the right token came from them. */
const maxKnown = 64;

/**
 * Bounds how often a token can be guessed, for each address and for all of them together, in memory of a fixed size. A client that has used up
 * its attempts is refused before anything is compared: if the right token were let in then, the answer would tell it from a wrong one.
 * An address from which the right token has come is not held up by what others do.
 *
 * For each it keeps one number: when its allowance is whole again.
 */
export class WrongTokens {
  readonly #wholeAt = new Map<string, number>();
  #allWholeAt = 0;
  readonly #known = new Set<string>();

  /** Milliseconds until this address may try again; 0: now. @param now milliseconds of any clock that only goes forward */
  waitMs(address: string, now: number): number {
    const client = clientOf(address);
    const own = wait(this.#wholeAt.get(client) ?? 0, clientRate, now);
    return this.#known.has(client) ? own : Math.max(own, wait(this.#allWholeAt, totalRate, now));
  }

  /** Addresses that are kept now. */
  get size(): number {
    return this.#wholeAt.size;
  }

  /** Counts a wrong one, of an address that need not wait. */
  count(address: string, now: number): void {
    const client = clientOf(address);
    if (this.#wholeAt.size >= maxClients) this.#forget(now);
    this.#wholeAt.set(client, Math.max(this.#wholeAt.get(client) ?? 0, now) + clientRate.intervalMs);
    this.#allWholeAt = Math.max(this.#allWholeAt, now) + totalRate.intervalMs;
  }

  /** Remembers from where the right one came. The address that was silent for the longest gives way. */
  right(address: string): void {
    const client = clientOf(address);
    this.#known.delete(client);
    this.#known.add(client);
    const [oldest] = this.#known;
    if (this.#known.size > maxKnown && oldest !== undefined) this.#known.delete(oldest);
  }

  /** Forgets those whose allowance is whole again: they are as good as new. */
  #forget(now: number): void {
    for (const [client, wholeAt] of this.#wholeAt) if (wholeAt <= now) this.#wholeAt.delete(client);
  }
}

/** An allowance is used up when it lacks a whole burst. */
function wait(wholeAt: number, { burst, intervalMs }: AttemptRate, now: number): number {
  return Math.max(0, wholeAt - now - (burst - 1) * intervalMs);
}

/**
 * Who counts as one client: an IPv4 address, also where it is written as an IPv6 one, or the 64 bits of IPv6 that a network gives to one of
 * its subscribers.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4291#section-2.5.1
 */
function clientOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [whole = ""] = address.split("%");
  if (/^::ffff:[\d.]+$/i.test(whole)) return whole.slice("::ffff:".length);
  const [head = "", tail] = whole.split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - first.length - last.length }, () => "0");
  return `${[...first, ...zeros, ...last].slice(0, 4).join(":").toLowerCase()}::/64`;
}
