import type { Exchange, Step, Trace } from "@corsmith/cors/browser";

/** One trip to a server: what the browser thought before it, the exchange itself, and what it checked of the answer. */
export interface Leg {
  readonly kind: "preflight" | "actual";
  readonly before: readonly Step[];
  /** Missing if the browser stopped before it sent anything. */
  readonly exchange?: Exchange;
  readonly after: readonly Step[];
}

/**
 * Puts the steps of a trace beside the exchange that they are about. A preflight's part ends with its list of headers, or with the rule
 * that refused; a redirect begins a new trip.
 *
 * @see https://fetch.spec.whatwg.org/#http-fetch
 */
export function legsOf({ steps, exchanges }: Trace): readonly Leg[] {
  const legs: Leg[] = [];
  let before: Step[] = [];
  let after: Step[] | undefined;
  let preflightPassed = false;
  const open = (kind: Leg["kind"]): Step[] => {
    const exchange = exchanges[legs.length];
    const checks: Step[] = [];
    legs.push({ kind, before, ...(exchange === undefined ? {} : { exchange }), after: checks });
    before = [];
    return checks;
  };

  for (const step of steps) {
    if (step.step === "cors-preflight-fetch/request") {
      before.push(step);
      after = open("preflight");
      continue;
    }
    if (beginsActual(step, after === undefined, preflightPassed)) after = open("actual");
    preflightPassed = step.step === "cors-preflight-fetch/headers" && step.result === "passed";
    (after ?? before).push(step);
    if (step.step === "http-redirect-fetch/follow") after = undefined;
    if (step.step === "cors-preflight-cache/store") preflightPassed = true;
  }
  while (legs.length < exchanges.length) open("actual");
  if (before.length > 0) legs.push({ kind: "actual", before, after: [] });
  return legs;
}

const aboutAnswer = [
  "cors-check/",
  "http-redirect-fetch/",
  "http-fetch/",
  "http-network-fetch/",
  "cross-origin-resource-policy-check/",
];

/** Is this step about the answer to the request itself? Either nothing was sent yet on this trip, or the preflight is over. */
function beginsActual({ step }: Step, nothingSent: boolean, preflightPassed: boolean): boolean {
  if (preflightPassed) return step !== "cors-preflight-cache/store";
  return nothingSent && aboutAnswer.some((start) => step.startsWith(start));
}
