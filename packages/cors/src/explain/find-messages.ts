import type { Reporter } from "../failures/chapter.ts";
import { type Facts, factsOf } from "./facts.ts";
import { findCutMessages } from "./find-cut-messages.ts";
import { type Context, findContexts, type KnownMessage, knownMessages } from "./known-messages.ts";
import { type Found, occurrencesOf, type ReadableText } from "./message-template.ts";

/** One message in a text, with what is around it. */
export interface FoundMessage {
  readonly known: KnownMessage;
  readonly engine: Reporter | undefined;
  readonly facts: Facts;
  /** Does it report a failure without its reason? Such lines follow the one that has the reason. */
  readonly isVague: boolean;
}

interface Hit extends Found {
  readonly known: KnownMessage;
}

/** How far from a reason the words that belong to it may be. */
const maxDistance = 1024;
const vagueCodes: ReadonlySet<string> = new Set([
  "opaque-network-error",
  "cors-request-did-not-succeed",
  "redirect-blocked",
  "error-status",
]);

/** The messages in a text, in its order; where two overlap, the one of which more is fixed. */
export function findMessages({ text, plain }: ReadableText): readonly FoundMessage[] {
  const contexts = findContexts(text, plain);
  const whole = knownMessages.flatMap((known) =>
    occurrencesOf(known.template, text, plain).map((found) => ({ ...found, known })),
  );
  const byWeight = whole.sort((one, other) => other.known.template.weight - one.known.template.weight);
  const hits = withoutOverlaps([...byWeight, ...findCutMessages(text)], text.length);
  return hits.map((hit, index) => foundMessage(hit, text, contexts, hits[index - 1]?.end ?? 0));
}

/** Of those that overlap the first, in the order of the text. */
function withoutOverlaps(hits: readonly Hit[], textLength: number): readonly Hit[] {
  const kept: Hit[] = [];
  const taken = new Uint8Array(textLength);
  for (const hit of hits) {
    if (taken.subarray(hit.start, hit.end).includes(1)) continue;
    taken.fill(1, hit.start, hit.end);
    kept.push(hit);
  }
  return kept.sort((one, other) => one.start - other.start);
}

function foundMessage(hit: Hit, text: string, contexts: readonly Context[], previousEnd: number): FoundMessage {
  const { known } = hit;
  const before = contextBefore(hit, contexts);
  const after = contextsAfter(hit, contexts);
  const engine = engineOf(known, [before, ...after]);
  // The nearer to the reason, the later.
  const places = new Map([
    ...after.toReversed().flatMap((context) => [...context.places]),
    ...requestBefore(hit, text, previousEnd),
    ...(before?.places ?? []),
    ...(engine === "chromium" ? [] : statusAfter(hit, text)),
    ...hit.places,
  ]);
  return { known, engine, facts: factsOf(places), isVague: vagueCodes.has(known.codes[0] ?? "") };
}

type Places = readonly (readonly [place: string, value: string])[];

/** The engine that writes this message; where several do, the one whose words are around it. */
function engineOf({ engines }: KnownMessage, contexts: readonly (Context | undefined)[]): Reporter | undefined {
  if (engines.length === 1) return engines[0];
  return contexts.find((context) => context !== undefined && engines.includes(context.engine))?.engine;
}

function contextBefore(hit: Hit, contexts: readonly Context[]): Context | undefined {
  return contexts.findLast(
    ({ side, start, end }) => side === "before" && start <= hit.start && hit.start - end < maxDistance,
  );
}

/** What follows, up to the words before the next reason. */
function contextsAfter(hit: Hit, contexts: readonly Context[]): readonly Context[] {
  const next = contexts.find(({ side, start }) => side === "before" && start >= hit.end);
  return contexts.filter(
    ({ side, start }) =>
      side === "after" &&
      start >= hit.start &&
      start - hit.end < maxDistance &&
      start < (next?.start ?? Number.POSITIVE_INFINITY),
  );
}

/** Firefox links to this; the page did not request it. */
const documentation = "https://developer.mozilla.org/";

/** `GET https://api.example.com/x` on the same line before the reason. */
function requestBefore(hit: Hit, text: string, previousEnd: number): Places {
  const from = Math.max(previousEnd, hit.start - maxDistance);
  const line = text.slice(from, hit.start).split("\n").at(-1) ?? "";
  const before = [...line.matchAll(/https?:\/\/[^\s'"’”)\],]+/g)].findLast(([url]) => !url.startsWith(documentation));
  if (before === undefined) return [];
  const [url] = before;
  const at = before.index;
  const method = /\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) $/.exec(line.slice(Math.max(0, at - 8), at))?.[1];
  return [
    ["url", url.replace(/:\d+(?::\d+)?$/, portOrLine)],
    ...(method === undefined ? [] : [["method", method] as const]),
  ];
}

/** `https://a.example/x:1` is a line of a file; `http://localhost:3000` is not. */
function portOrLine(tail: string, at: number, url: string): string {
  const path = url.indexOf("/", url.indexOf("//") + 2);
  return path > 0 && path < at ? "" : tail;
}

/** Firefox and WebKit write the status after the reason: `Status code: 404`, in whatever language. */
function statusAfter({ end }: Hit, text: string): Places {
  const [, status] = /^[)\].,'’"\s]{0,6}[^\d\n.]{3,24}[:\s ]([1-5]\d\d)\b/.exec(text.slice(end, end + 48)) ?? [];
  return status === undefined ? [] : [["status", status]];
}
