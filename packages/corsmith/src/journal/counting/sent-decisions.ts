import type { DecisionRecord } from "@corsmith/cors/observe";
import { type Static, type TOptional, type TSchema, Type } from "typebox";
import { Compile } from "typebox/compile";
import { Kind, Reason } from "../schema/common.ts";
import type { SentDecisions, TakenDecisions } from "../schema/decisions.ts";
import { hourMs } from "./delta.ts";
import type { Recorder } from "./recorder.ts";

/** Senders whose last number is remembered. Beyond them a batch that is sent twice is counted twice. */
const maxSenders = 1_000;

/** Takes in what `sendDecisions` sends. All that is known of a sender is that it has the token, so each record is checked, and bounded. */
export class SentDecisionsReader {
  readonly #recorder: Pick<Recorder, "record" | "countLost">;
  readonly #sequences = new Map<string, number>();
  readonly #record = Compile(SentRecord);

  constructor(recorder: Pick<Recorder, "record" | "countLost">) {
    this.#recorder = recorder;
  }

  /** Counts the decisions of a body. What is not understood, of a newer version or broken, is skipped. */
  take({ sender, sequence, service, lost, events }: SentDecisions): TakenDecisions {
    if (sequence <= (this.#sequences.get(sender) ?? 0)) return { taken: 0, skipped: 0, repeated: true };
    this.#remember(sender, sequence);
    let taken = 0;
    for (const event of events) {
      if (!this.#record.Check(event)) continue;
      this.#recorder.record(recordOf(event, service));
      taken += 1;
    }
    const skipped = events.length - taken;
    this.#recorder.countLost(lost + skipped, 0);
    return { taken, skipped, repeated: false };
  }

  #remember(sender: string, sequence: number): void {
    this.#sequences.delete(sender);
    this.#sequences.set(sender, sequence);
    const [oldest] = this.#sequences.keys();
    if (this.#sequences.size > maxSenders && oldest !== undefined) this.#sequences.delete(oldest);
  }
}

const texts = Type.Array(Type.String(), { maxItems: 256 });

/** Members of one schema that may be missing. */
function optional<Name extends string, Schema extends TSchema>(schema: Schema, ...names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, Type.Optional(schema)])) as Record<Name, TOptional<Schema>>;
}

/** A `DecisionRecord` as it arrives; from other senders than ours perhaps without `kind` and `refused`. */
const SentRecord = Type.Object({
  time: Type.Number(),
  kind: Type.Optional(Kind),
  reason: Reason,
  preflight: Type.Boolean(),
  status: Type.Optional(Type.Union([Type.Literal(200), Type.Literal(204), Type.Literal(403)])),
  method: Type.String(),
  ...optional(Type.String(), "path", "origin", "requestedMethod", "requestedHeaders"),
  ...optional(Type.String(), "host", "fetchMode", "fetchSite", "userAgent"),
  ...optional(Type.Boolean(), "credentials", "headerless", "aborted"),
  ...optional(texts, "refused", "headerNames"),
  answer: Type.Object({
    ...optional(Type.String(), "allowOrigin", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge", "vary"),
    ...optional(Type.Boolean(), "allowCredentials"),
  }),
  finalStatus: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
  durationMs: Type.Optional(Type.Number()),
});

/** A service stands where a gateway has its routes. */
function recordOf(sent: Static<typeof SentRecord>, route: string): DecisionRecord {
  const answer = { allowCredentials: false, ...sent.answer } as DecisionRecord["answer"];
  const now = Date.now();
  // Another machine's clock may be wrong, and a batch may come late: but not from the future, and not from another day.
  const isPlausible = sent.time <= now && sent.time >= now - 24 * hourMs;
  const { kind = sent.preflight ? "preflight" : "actual", refused = [] } = sent;
  return { ...sent, time: isPlausible ? Math.floor(sent.time) : now, kind, refused, route, answer };
}
