import { isExposeHeaders } from "../http/header-names.ts";
import type { DecisionRecord } from "../observe/decision-record.ts";
import type { Exchange } from "../observe/pending-responses.ts";

/** What every adapter can be given, beside its policy. */
export interface AdapterOptions {
  /**
   * Called with an error that the application threw and did not catch, after it was answered with 500. Default `console.error`. Where the
   * framework answers errors itself (Express, Fastify, Koa, Nest), it goes on doing so, and this is never called.
   */
  readonly onError?: (error: unknown) => void;
  /**
   * Called with a CORS header that the application set itself. It was replaced: two owners make double values, which browsers refuse.
   * What the application exposes by `Access-Control-Expose-Headers` is added to the policy's; there, this is called with a member that is
   * not the name of a header. Default: `console.warn`, once a name.
   */
  readonly onConflict?: (header: string, value: string) => void;
  /**
   * Called when a request meets this policy after another one. The inner policy answers it, but the outer one has answered its preflight
   * already, so the two hardly ever say what was meant. Default: `console.warn`, once.
   */
  readonly onStacked?: () => void;
  /**
   * Called with every decision, before the request is answered. The same records go to Node's diagnostics channel `corsmith.decision`.
   * What it throws goes to `onError`, and changes no answer. The exchange is the host's own request, and what lets one see its answer;
   * `sendDecisions` needs it for the final status.
   */
  readonly onDecision?: (record: DecisionRecord, exchange: Exchange) => void;
}

/** To whom an adapter reports. */
export interface AdapterReports extends Required<Omit<AdapterOptions, "onDecision">> {
  readonly onDecision: AdapterOptions["onDecision"] | undefined;
  readonly channel: DecisionChannel | undefined;
}

/** Fills in what the options leave open. */
export function adapterReports(options: AdapterOptions): AdapterReports {
  return {
    onError: options.onError ?? ((error) => console.error(error)),
    onConflict: options.onConflict ?? warnOfEachHeaderOnce(),
    onStacked: options.onStacked ?? warnOfStackingOnce(),
    onDecision: options.onDecision,
    channel: decisionChannel(),
  };
}

function warnOfEachHeaderOnce(): (header: string, value: string) => void {
  const reported = new Set<string>();
  return (header, value) => {
    if (reported.has(header.toLowerCase())) return;
    reported.add(header.toLowerCase());
    const what = `corsmith: the application set ${header}: ${value}.`;
    // Names that the application exposes are taken as they are, so this is about one that was not.
    if (isExposeHeaders(header))
      console.warn(`${what} It was left out, since browsers ignore a list with it; set the names of headers.`);
    else console.warn(`${what} It does not go out, since the policy decides this header. Remove it there.`);
  };
}

function warnOfStackingOnce(): () => void {
  let reported = false;
  return () => {
    if (reported) return;
    reported = true;
    console.warn(
      "corsmith: a request met two CORS policies. The outer one answers preflights, the inner one the rest. Register one.",
    );
  };
}

/** The part of Node's `Channel` that is used. @see https://nodejs.org/api/diagnostics_channel.html#class-channel */
export interface DecisionChannel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

interface ProcessLike {
  readonly getBuiltinModule?: (name: string) => { readonly channel?: (name: string) => DecisionChannel } | undefined;
}
/**
 * The channel of the decisions, where the runtime has such a thing: Node, Bun, Deno, Workers with Node's modules. It is asked for and
 * not imported, so that the adapters load without it.
 *
 * @see https://nodejs.org/api/process.html#processgetbuiltinmoduleid
 */
function decisionChannel(): DecisionChannel | undefined {
  const { process } = globalThis as { readonly process?: ProcessLike };
  try {
    return process?.getBuiltinModule?.("node:diagnostics_channel")?.channel?.("corsmith.decision");
  } catch {
    return undefined;
  }
}
