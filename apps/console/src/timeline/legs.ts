import type { Exchange, Step, Trace } from "@corsmith/cors/browser";

/** One trip to a server: what the browser thought before it, the exchange itself, and what it checked of the answer. */
export interface Leg {
  readonly kind: Exchange["kind"];
  readonly before: readonly Step[];
  /** Missing if the browser stopped before it sent anything. */
  readonly exchange?: Exchange;
  readonly after: readonly Step[];
}

/**
 * Puts the steps of a trace beside the exchange that they are about. A preflight's part ends with its answer; a redirect begins a new trip.
 *
 * @see https://fetch.spec.whatwg.org/#http-fetch
 */
export function legsOf({ steps, exchanges }: Trace): readonly Leg[] {
  const before = Array.from({ length: exchanges.length + 1 }, (): Step[] => []);
  const after = exchanges.map((): Step[] => []);
  let redirects = 0;
  for (const step of steps) {
    const isAboutNext = step.step === "cors-preflight-fetch/request" || step.exchanges === redirects;
    const part = isAboutNext ? before[step.exchanges] : after[step.exchanges - 1];
    part?.push(step);
    if (step.step === "http-redirect-fetch/follow") redirects = step.exchanges;
  }
  const legs = exchanges.map(
    (exchange, at): Leg => ({ kind: exchange.kind, before: before[at] ?? [], exchange, after: after[at] ?? [] }),
  );
  const unsent = before[exchanges.length] ?? [];
  return unsent.length === 0 ? legs : [...legs, { kind: "actual", before: unsent, after: [] }];
}
