import type { Attributes } from "@opentelemetry/api";
import type { Journal } from "../journal/open-journal.ts";
import { instruments } from "./instruments.ts";
import { Instrument, type Measurements, measurementOf } from "./measurements.ts";

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
      single("buildInfo", 1, { "corsmith.version": version, "corsmith.node": process.versions.node }),
      single("workers", workers()),
      single("liveStreams", streams()),
      this.#loads.measured(),
      ...(active === undefined
        ? []
        : [
            single("policyInfo", 1, { "corsmith.version": active.version, "corsmith.overlay": active.overlay }),
            single("policyTime", active.since.getTime() / 1_000),
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
      single("journalHealthy", status.failing === null ? 1 : 0),
      single("journalPending", status.pending),
      ...(status.bytes === null ? [] : [single("journalSize", status.bytes)]),
      measurementOf(instruments.journalLost, [
        { value: status.lost.decisions, attributes: { "corsmith.record": "decision" } },
        { value: status.lost.samples, attributes: { "corsmith.record": "sample" } },
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
    return [single("knownOrigins", all.total), single("newCredentialedOrigins", fresh.total)];
  } catch {
    return [];
  }
}

function single(key: keyof typeof instruments, value: number, attributes: Attributes = {}): Measurements[number] {
  return measurementOf(instruments[key], [{ value, attributes }]);
}
