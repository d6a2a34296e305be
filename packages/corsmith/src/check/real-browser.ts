import { printable } from "@corsmith/cors/observe";
import { askEngine } from "../engines/ask-engine.ts";
import { EngineError, type EngineResult, type RealEngine } from "../engines/engine.ts";
import { isSafeMethod } from "../live/safe-client.ts";
import { defaultTimeoutSeconds } from "../live/send.ts";
import type { CheckOptions, CheckRequest } from "./check-request.ts";

/** What a real browser on this machine made of the request. */
export interface BrowserReport {
  readonly engine: RealEngine;
  /** `not-asked`: it is not installed, did not start, or would have sent a method that may change data. */
  readonly verdict: "allowed" | "blocked" | "not-asked";
  readonly version?: string;
  /** What the script got: the status, or the error's message; or why the browser was not asked. */
  readonly says: string;
  /** Chromium's own code. */
  readonly code?: string;
  /** What it wrote to the console. */
  readonly console: readonly string[];
}

const maxTextLength = 600;

/**
 * Makes the same request in a real browser, on a page of the same origin and with an empty profile: without cookies, and with placeholders
 * for what is withheld.
 */
export async function askRealBrowser(
  engine: RealEngine,
  request: CheckRequest,
  { send = false, timeoutSeconds = defaultTimeoutSeconds }: CheckOptions,
): Promise<BrowserReport> {
  if (!send && !isSafeMethod(request.method)) {
    return notAsked(engine, `it would send ${printable(request.method, 40)}, which may change data. --send lets it.`);
  }
  try {
    const init = initOf(request);
    const result = await askEngine(engine, {
      origin: request.origin,
      url: request.url,
      init,
      timeoutMs: timeoutSeconds * 1000,
    });
    return "missing" in result ? notAsked(engine, result.missing) : toReport(result);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return notAsked(engine, printable(error.message, maxTextLength));
  }
}

function initOf({ method, headers, credentials, mode, redirect, body }: CheckRequest) {
  return {
    method,
    headers,
    ...(credentials && { credentials: "include" }),
    ...(mode && { mode }),
    ...(redirect && { redirect }),
    ...(body !== undefined && { body }),
  };
}

/** Firefox quotes as a printer does. */
function readable(message: string): string {
  return printable(message.replaceAll(/[\u2018\u2019]/g, "'").replaceAll(/[\u201c\u201d]/g, '"'), maxTextLength);
}

function notAsked(engine: RealEngine, says: string): BrowserReport {
  return { engine, verdict: "not-asked", says, console: [] };
}

function toReport(result: EngineResult): BrowserReport {
  const { engine, version, consoleMessages } = result;
  const console = consoleMessages.map(readable);
  if (result.outcome === "ok") {
    const says = result.type === "opaque" ? "a response of which it sees nothing" : `status ${result.status}`;
    return { engine, version, verdict: "allowed", says, console };
  }
  const says = printable(result.errorMessage, maxTextLength);
  const code = result.code && { code: printable(result.code, 80) };
  return { engine, version, verdict: "blocked", says, ...code, console };
}
