import { setTimeout as sleep } from "node:timers/promises";
import type { Caller, EnginePage, EngineResult, PageRequest, RealEngine } from "./engine.ts";

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

/** What the script in the page hands out, as JSON. */
export type ScriptReport =
  | {
      readonly outcome: "ok";
      readonly status: number;
      readonly type: string;
      readonly redirected: boolean;
      readonly url: string;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly bodyText?: string;
    }
  | { readonly outcome: "error"; readonly errorMessage: string };

const bodyLimit = 65_536;

/** The empty page. The icon is named, so that the engine asks nobody for one. */
export const emptyPage = '<!doctype html><title>Corsmith asks</title><link rel="icon" href="data:,"><body></body>';

// These run in the page and are carried there as text; the types of this package know no document.
const askInPage = `async ({ url, init, bodyLimit }) => {
  try {
    const response = await fetch(url, init);
    const { status, type, redirected } = response;
    const seen = { outcome: "ok", status, type, redirected, url: response.url, headers: [...response.headers] };
    try {
      seen.bodyText = (await response.text()).slice(0, bodyLimit);
    } catch {}
    return JSON.stringify(seen);
  } catch (error) {
    return JSON.stringify({ outcome: "error", errorMessage: String(error.message) });
  }
}`;

const openFrame = `(ask) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.srcdoc = "<!doctype html><script>onmessage = async ({ data, ports }) => ports[0].postMessage(await (" + ask + ")(data))<" + "/script>";
  frame.onload = () => resolve((asked) => new Promise((answer) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => answer(data);
    frame.contentWindow.postMessage(asked, "*", [port2]);
  }));
  document.documentElement.append(frame);
})`;

const ask = `async (opaque, asked) => {
  const inPage = ${askInPage};
  if (!opaque) return await inPage(asked);
  globalThis.corsmithFrame ??= (${openFrame})(inPage);
  return await (await corsmithFrame)(asked);
}`;

/** An expression that makes the request on the page, or in a sandboxed frame of it, and becomes a {@link ScriptReport} as JSON. */
function askPage(url: string, init: PageRequest, opaque: boolean): string {
  return `(${ask})(${opaque}, ${JSON.stringify({ url, init, bodyLimit })})`;
}

/** How long to wait for what an engine says of a fetch after the script has heard of it: it comes by another way. */
export interface QuietTime {
  /** For anything at all. */
  readonly firstMs: number;
  /** For the rest, once it has begun. */
  readonly restMs: number;
}

/** Waits until `hasBegun`, or until it is clear that nothing comes, and then a little for the rest. */
export async function waitForWords(hasBegun: () => boolean, { firstMs, restMs }: QuietTime): Promise<void> {
  const stepMs = 5;
  for (let waited = 0; waited < firstMs && !hasBegun(); waited += stepMs) await sleep(stepMs);
  if (hasBegun()) await sleep(restMs);
}
