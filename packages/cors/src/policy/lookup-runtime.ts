import type { OriginLookup } from "./policy-input.ts";

/** What an origin lookup came to. `failed` is a throw, a rejection, a time-out, or too many at once. */
export type LookupVerdict = "allowed" | "refused" | "failed";

/** How many answers are kept, and how many questions may be open at once: any client can send any origin, and must not fill memory. */
const maxKept = 10_000;
const maxOpen = 1_000;

/** Asks a policy's `originLookup`, within its limits, and keeps its answers. One a policy. */
export interface LookupRuntime {
  /** The verdict at once if it is kept, else a promise that never rejects. */
  readonly ask: (origin: string) => LookupVerdict | Promise<LookupVerdict>;
}

/**
 * Makes the runtime of a lookup. It fails closed: only `true` allows. Questions for the same origin that are open at the same time are
 * asked once; failures are not kept, so that a database that is back is believed at once.
 */
export function startLookup(lookup: OriginLookup): LookupRuntime {
  const timeoutMs = lookup.timeoutMs ?? 1000;
  const keepMs = (lookup.cacheSeconds ?? 60) * 1000;
  const kept = new Map<string, { readonly verdict: LookupVerdict; readonly until: number }>();
  const open = new Map<string, Promise<LookupVerdict>>();

  const keep = (origin: string, verdict: LookupVerdict): void => {
    if (verdict === "failed" || keepMs === 0) return;
    const oldest = kept.size >= maxKept ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(origin, { verdict, until: Date.now() + keepMs });
  };

  const find = async (origin: string): Promise<LookupVerdict> => {
    const verdict = await findInTime(lookup, origin, timeoutMs);
    open.delete(origin);
    keep(origin, verdict);
    return verdict;
  };

  return {
    ask(origin) {
      const known = kept.get(origin);
      if (known !== undefined && known.until > Date.now()) return known.verdict;
      if (known !== undefined) kept.delete(origin);
      const pending = open.get(origin);
      if (pending !== undefined) return pending;
      if (open.size >= maxOpen) return "failed";
      const answer = find(origin);
      open.set(origin, answer);
      return answer;
    },
  };
}

async function findInTime(lookup: OriginLookup, origin: string, timeoutMs: number): Promise<LookupVerdict> {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"failed">((resolve) => {
    timer = setTimeout(() => {
      resolve("failed");
      abort.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([answerOf(lookup, origin, abort.signal), late]);
  } catch {
    return "failed";
  } finally {
    clearTimeout(timer);
  }
}

async function answerOf(lookup: OriginLookup, origin: string, signal: AbortSignal): Promise<LookupVerdict> {
  const found: unknown = await lookup.find(origin, signal);
  // Only `true`: a row, a count or an origin that is returned by mistake opens nothing.
  return found === true ? "allowed" : "refused";
}
