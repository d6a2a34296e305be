/** A browser engine that can be asked itself: Debian's `chromium`, `firefox-esr`, and WebKitGTK's MiniBrowser. */
export type RealEngine = "chromium" | "firefox" | "webkit";

/** The part of `RequestInit` that can be carried into a page as plain data. */
export interface PageRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];
  readonly body?: string | null;
  readonly mode?: string;
  readonly credentials?: string;
  readonly redirect?: string;
  readonly cache?: string;
}

/** What a real engine made of one `fetch`: what the script got, and what the engine said beside it. */
export type EngineResult = EngineSuccess | EngineFailure;

interface EngineReport {
  readonly engine: RealEngine;
  /** As the engine says it itself: `156.0.8078.108`. */
  readonly version: string;
  /** What it printed to the console of the page meanwhile, oldest first. */
  readonly consoleMessages: readonly string[];
}

/** The promise of `fetch` was fulfilled. */
export interface EngineSuccess extends EngineReport {
  readonly outcome: "ok";
  readonly status: number;
  readonly type: string;
  readonly redirected: boolean;
  readonly url: string;
  /** Those that the script can read. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The first 64 KiB; missing if the body could not be read. */
  readonly bodyText?: string;
}

/** It was rejected. */
export interface EngineFailure extends EngineReport {
  readonly outcome: "error";
  /** All that the script learns: `Failed to fetch`, `Load failed`, … */
  readonly errorMessage: string;
  /** The engine's own code, which only Chromium has: `MissingAllowOriginHeader`, `net::ERR_CONNECTION_REFUSED`. */
  readonly code?: string;
  /** The offending value that goes with the code, as far as there is one. */
  readonly parameter?: string;
}

/** Which page is to run the requests. */
export interface PageOptions {
  /** The address of the page: its origin is what counts. */
  readonly url: string;
  /**
   * True: the engine is given an empty page for this address, and no server is asked for it. False: the page is loaded from its server.
   */
  readonly intercepted: boolean;
}

/** Who on the page makes a request. */
export interface Caller {
  /** True: a sandboxed frame of that page, whose origin is opaque (`Origin: null`). Default false: the page. */
  readonly opaque?: boolean;
  /** Milliseconds that the whole request may take. Default 30,000. */
  readonly timeoutMs?: number;
}

/** A page in a real engine. It makes one request at a time. */
export interface EnginePage {
  /** Runs `fetch(url, init)` there. Throws an `EngineError` if it takes too long. */
  fetch(url: string, init?: PageRequest, caller?: Caller): Promise<EngineResult>;
}

/** A started engine with a profile of its own. */
export interface RunningEngine {
  readonly engine: RealEngine;
  readonly version: string;
  /** Opens a page. It takes the place of the one before. */
  openPage(options: PageOptions): Promise<EnginePage>;
  /** Ends its processes and removes its profile. */
  close(): Promise<void>;
}

/** A real engine could not be started, or stopped answering. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}
