/** The part of Node's `Channel` that is used. @see https://nodejs.org/api/diagnostics_channel.html#class-channel */
export interface DecisionChannel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

interface ProcessLike {
  readonly getBuiltinModule?: (name: string) => { readonly channel?: (name: string) => DecisionChannel } | undefined;
}

/** The name of the channel on which every decision can be seen. */
const decisionChannelName = "corsmith.decision";

/**
 * The channel of the decisions, where the runtime has such a thing: Node, Bun, Deno, Workers with Node's modules. It is asked for and
 * not imported, so that the adapters load where there is none.
 *
 * @see https://nodejs.org/api/process.html#processgetbuiltinmoduleid
 */
export function decisionChannel(): DecisionChannel | undefined {
  const { process } = globalThis as { readonly process?: ProcessLike };
  try {
    return process?.getBuiltinModule?.("node:diagnostics_channel")?.channel?.(decisionChannelName);
  } catch {
    return undefined;
  }
}
