import type { cors } from "@corsmith/cors/express";
import type { DecisionRecord, DecisionSender, Exchange } from "@corsmith/cors/observe";
import type { Running } from "../support/listen.ts";
import type { Mount } from "./application.ts";

/** How often the adapters told of two policies in a row, and of CORS headers that the application set. */
export const told = { stacked: 0, conflicts: 0 };

/** Who is told of decisions, while a test wants it. */
export const watcher: { onDecision?: DecisionSender["onDecision"] | undefined } = {};

/** What the adapters are told in tests: nothing is printed. */
export const quiet = {
  onError: () => {},
  onConflict: () => {
    told.conflicts += 1;
  },
  onStacked: () => {
    told.stacked += 1;
  },
  onDecision: (event: DecisionRecord, exchange: Exchange) => watcher.onDecision?.(event, exchange),
} as const;

/** How the application is to be set up. */
export interface Setup {
  readonly mount: Mount;
  /** How often CORS is registered, one behind the other. */
  readonly times: 1 | 2;
  readonly http2: boolean;
}

export const plainSetup: Setup = { mount: "everywhere", times: 1, http2: false };

/** As many of them as the setup says. */
export function each<Made>({ times }: Setup, make: () => Made): readonly Made[] {
  return Array.from({ length: times }, make);
}

/** All that an adapter takes for a policy. */
export type Source = Parameters<typeof cors>[0];

/** A framework with Corsmith's adapter for it, and the application of `application.ts`. */
export interface Host {
  /** As people call it, with its version. */
  readonly name: string;
  /** The adapter's subpath. */
  readonly adapter: string;
  /** Does the framework speak HTTP/2? */
  readonly http2: boolean;
  start(policy: Source, setup: Setup): Promise<Running>;
}
