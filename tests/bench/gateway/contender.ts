import type { RunningServer } from "./running-server.ts";

/** Where a proxy stands. */
export interface Place {
  /** The port of the upstream on 127.0.0.1. */
  readonly upstream: number;
  /** How many processes, or threads, may work. */
  readonly workers: number;
  /** Its own folder, empty, for its configuration and what it writes. */
  readonly folder: string;
}

/** A proxy that can be put in front of the upstream with the bench's policy. */
export interface Contender {
  readonly name: string;
  /** The program it is, and Debian's package of it; Corsmith itself has none. */
  readonly program?: { readonly path: string; readonly debianPackage: string };
  readonly start: (place: Place) => Promise<RunningServer>;
}
