import { startChromium } from "./chromium.ts";
import type { Caller, EngineResult, PageRequest, RealEngine, RunningEngine } from "./engine.ts";
import { findEngine, hasDisplay, type MissingEngine, missingDisplay } from "./find-engine.ts";
import { startFirefox } from "./firefox.ts";
import { startWebkit } from "./webkit.ts";

/** The engines that can be asked. */
export const realEngines: readonly RealEngine[] = ["chromium", "firefox", "webkit"];

const starters: Readonly<Record<RealEngine, (program: string) => Promise<RunningEngine>>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebkit,
};

/** Starts an engine of this machine with a profile of its own. Throws an `EngineError` if it is there and does not start. */
export async function startEngine(engine: RealEngine): Promise<RunningEngine | MissingEngine> {
  const found = findEngine(engine);
  if ("missing" in found) return found;
  if (engine === "webkit" && !hasDisplay()) return { missing: missingDisplay };
  return await starters[engine](found.program);
}

/** A sandboxed frame needs a page around it: here one that no engine holds for insecure or for mixed content. */
const pageAround = "http://localhost/";

/** One question to an engine. */
export interface EngineQuestion extends Pick<Caller, "timeoutMs"> {
  /** The origin of the page, as a browser writes it; `null` for an opaque one. No server is asked for the page. */
  readonly origin: string;
  readonly url: string;
  readonly init?: PageRequest;
}

/**
 * Starts the engine, makes one request as a script on a page of that origin does, and ends the engine. Throws an `EngineError` if it does
 * not start or does not answer.
 */
export async function askEngine(
  engine: RealEngine,
  { origin, url, init = {}, timeoutMs = 30_000 }: EngineQuestion,
): Promise<EngineResult | MissingEngine> {
  const running = await startEngine(engine);
  if ("missing" in running) return running;
  try {
    const opaque = origin === "null";
    const page = await running.openPage({ url: opaque ? pageAround : `${origin}/`, intercepted: true });
    return await page.fetch(url, init, { opaque, timeoutMs });
  } finally {
    await running.close();
  }
}
