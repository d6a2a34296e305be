import type { Journal } from "../journal/journal.ts";
import { type InstrumentKey, instruments } from "./instruments.ts";
import { Instrument, type Measurements } from "./measurements.ts";

/** The program as a whole, as it is measured. */
export interface MeteredProgram {
  readonly version: string;
  readonly startedAt: number;
  workers(): number;
  streams(): number;
  policy(): { readonly version: string; readonly overlay: string; readonly since: Date } | undefined;
  readonly journal: Journal | undefined;
}

const outcomes = ["in-force", "refused", "not-everywhere"] as const;

/** Milliseconds for which the journal's answer is kept: frequent scrapes must not cost the database more. */
const journalMs = 5_000;

/** Measures what is the business of the program and not of one gateway process. */
export class ProgramMeter {
  readonly #program: MeteredProgram;
  readonly #loads = new Instrument(instruments.policyLoads);
  #journal: Measurements = [];
  #journalAsked = Number.NEGATIVE_INFINITY;

  constructor(program: MeteredProgram) {
    this.#program = program;
    for (const outcome of outcomes) this.#loads.add(0, { "corsmith.outcome": outcome });
  }

  policyLoaded(outcome: (typeof outcomes)[number]): void {
    this.#loads.add(1, { "corsmith.outcome": outcome });
  }

  async measured(): Promise<Measurements> {
    const { version, workers, streams, policy } = this.#program;
    const active = policy();
    return [
      gauge("buildInfo", 1, { "corsmith.version": version, "corsmith.node": process.versions.node }),
      gauge("workers", workers()),
      gauge("liveStreams", streams()),
      this.#loads.measured(),
      ...(active === undefined
        ? []
        : [
            gauge("policyInfo", 1, { "corsmith.version": active.version, "corsmith.overlay": active.overlay }),
            gauge("policyTime", active.since.getTime() / 1_000),
          ]),
      ...(await this.#journalMeasured()),
    ];
  }

  async #journalMeasured(): Promise<Measurements> {
    const { journal, startedAt } = this.#program;
    if (journal === undefined) return [];
    if (performance.now() - this.#journalAsked < journalMs) return this.#journal;
    this.#journalAsked = performance.now();
    const status = await journal.status();
    this.#journal = [
      gauge("journalHealthy", status.failing === null ? 1 : 0),
      gauge("journalPending", status.pending),
      ...(status.bytes === null ? [] : [gauge("journalSize", status.bytes)]),
      counts("journalLost", [
        [status.lost.decisions, { "corsmith.record": "decision" }],
        [status.lost.samples, { "corsmith.record": "sample" }],
      ]),
      ...(await inventory(journal, startedAt)),
    ];
    return this.#journal;
  }
}

/** A journal that cannot be asked says so in its own gauge; the rest of the metrics has to be there all the same. */
async function inventory(journal: Journal, startedAt: number): Promise<Measurements> {
  try {
    const { queries } = journal;
    const newlyAllowed = { firstSeenFrom: startedAt, verdict: "allowed", credentials: true, limit: 1 } as const;
    const [all, fresh] = await Promise.all([queries.origins({ limit: 1 }), queries.origins(newlyAllowed)]);
    return [gauge("knownOrigins", all.total), counts("newCredentialedOrigins", [[fresh.total, {}]])];
  } catch {
    return [];
  }
}

function gauge(key: InstrumentKey, value: number, attributes = {}): Measurements[number] {
  return counts(key, [[value, attributes]]);
}

function counts(key: InstrumentKey, values: readonly (readonly [number, object])[]): Measurements[number] {
  const { attributes: _names, ...about } = instruments[key];
  return { ...about, series: values.map(([value, attributes]) => ({ value, attributes: { ...attributes } })) };
}
