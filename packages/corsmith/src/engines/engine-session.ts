import type { Caller, EnginePage, EngineResult, PageRequest, RealEngine } from "./engine.ts";
import { askPage, type ScriptReport } from "./page-script.ts";

/** What an engine says of one request beside what the script learns. */
export interface Words {
  readonly consoleMessages: readonly string[];
  readonly code?: string;
  readonly parameter?: string;
}

/** What differs from engine to engine, once a page is ready. */
export interface PageDriver {
  /** The value of an expression whose promise is a string. */
  evaluate(expression: string, timeoutMs: number): Promise<string>;
  /** Starts to hear; the function it returns waits for what is still to come and tells all. */
  hear(): (report: ScriptReport) => Promise<Words>;
}

/** The page of an engine, as this driver makes it do things. */
export function enginePage(engine: RealEngine, version: string, driver: PageDriver): EnginePage {
  return {
    async fetch(url: string, init: PageRequest = {}, caller: Caller = {}): Promise<EngineResult> {
      const { opaque = false, timeoutMs = 30_000 } = caller;
      const heard = driver.hear();
      const report: ScriptReport = JSON.parse(await driver.evaluate(askPage(url, init, opaque), timeoutMs));
      return { engine, version, ...report, ...(await heard(report)) };
    },
  };
}
