import type { Sample } from "corsmith/api";
import { useEffect, useState } from "preact/hooks";
import { type LiveState, useLive } from "../api/live-events.ts";
import { useQuery } from "../api/use-query.ts";

/** Which samples are wanted; a part that is missing matches all. */
export interface SampleFilter {
  readonly origin?: string;
  readonly reason?: Sample["reason"];
  readonly route?: string;
  /** Only those that were answered with an error. */
  readonly errors?: boolean;
}

/** A list of samples that is updated live. */
export interface LiveSamples {
  readonly samples: readonly Sample[];
  readonly loaded: boolean;
  readonly error: Error | null;
  /** How many have arrived since it was paused. */
  readonly waiting: number;
  readonly state: LiveState;
}

/** How many are shown. */
const maxShown = 50;

/**
 * Milliseconds after which the stored ones are read again: what was decided just before the view opened may be too late for its list and
 * too early for its live events.
 */
const intervalMs = 5_000;

/** The newest samples, refused ones or others; new ones come in at the top unless the list is paused. */
export function useSamples(blocked: boolean, filter: SampleFilter, paused: boolean): LiveSamples {
  const stored = useQuery(
    "GET /api/decisions/samples",
    { query: { blocked, ...filter, limit: maxShown } },
    { intervalMs },
  );
  const [arrived, setArrived] = useState<readonly Sample[]>([]);
  const [shown, setShown] = useState<readonly Sample[]>([]);
  const state = useLive((event) => {
    if (event.event !== "moment") return;
    const fitting = event.samples.filter((sample) => sample.blocked === blocked && fits(sample, filter));
    if (fitting.length > 0) setArrived((before) => [...fitting, ...before].slice(0, maxShown));
  });
  const all = newest([...arrived.filter((sample) => fits(sample, filter)), ...(stored.data?.samples ?? [])]);
  useEffect(() => {
    if (!paused) setShown(all);
  }, [paused, all.map(({ id }) => id).join()]);
  const known = new Set(shown.map(({ id }) => id));
  return {
    samples: shown.filter((sample) => fits(sample, filter)),
    loaded: stored.data !== undefined,
    error: stored.error,
    waiting: all.filter(({ id }) => !known.has(id)).length,
    state,
  };
}

function fits(sample: Sample, { origin, reason, route, errors }: SampleFilter): boolean {
  return (
    (errors !== true || (sample.status ?? 0) >= 400) &&
    (origin === undefined || sample.origin === origin) &&
    (reason === undefined || sample.reason === reason) &&
    (route === undefined || sample.route === route)
  );
}

/** Each once, the newest first. */
function newest(samples: readonly Sample[]): readonly Sample[] {
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
  return [...byId.values()].sort((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1)).slice(0, maxShown);
}
