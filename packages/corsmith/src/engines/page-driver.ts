import { setTimeout as sleep } from "node:timers/promises";
import type { PageRequest, RunningEngine } from "./engine.ts";
import { EngineError, type EngineFailure, type EnginePage, type EngineSuccess } from "./engine.ts";

/** What an engine reports of one request beside what the script learns. */
export type EngineNotes = Pick<EngineFailure, "consoleMessages" | "code" | "parameter">;

type ScriptKeys<Result> = Omit<Result, "engine" | "version" | "consoleMessages" | "code" | "parameter">;

/** What the script in the page hands out, as JSON. */
export type ScriptReport = ScriptKeys<EngineSuccess> | ScriptKeys<EngineFailure>;

/** What differs from engine to engine, once a tab is there. */
export interface PageDriver {
  /** Answers this address with an empty page, until the returned function is called: what follows is untouched. */
  intercept(url: string): Promise<() => Promise<void>>;
  navigate(url: string): Promise<void>;
  /** The value of an expression whose promise is a string. */
  evaluate(expression: string, timeoutMs: number): Promise<string>;
  /** Starts to record; the function it returns waits for what is still to come, and has all of it. */
  record(): (report: ScriptReport) => Promise<EngineNotes>;
}

/** Opens the pages of an engine, as this driver makes it do things. */
export function pageOpener(
  engine: RunningEngine["engine"],
  version: string,
  driver: PageDriver,
): RunningEngine["openPage"] {
  const page: EnginePage = {
    async fetch(url, init = {}, { opaque = false, timeoutMs = 30_000 } = {}) {
      const recorded = driver.record();
      const report: ScriptReport = JSON.parse(await driver.evaluate(askPage(url, init, opaque), timeoutMs));
      return { engine, version, ...report, ...(await recorded(report)) };
    },
  };
  return async ({ url, intercepted }) => {
    const stop = intercepted ? await driver.intercept(url) : undefined;
    try {
      await driver.navigate(url);
    } finally {
      await stop?.();
    }
    return page;
  };
}

/** What all three answer once they have run a script. */
export interface Evaluated {
  readonly result?: { readonly objectId?: string; readonly value?: unknown; readonly description?: string };
  readonly exceptionDetails?: { readonly text: string };
}

/** The text that the script became. @throws {EngineError} if it became none */
export function textOf(name: string, { result, exceptionDetails }: Evaluated): string {
  if (typeof result?.value === "string") return result.value;
  const why = exceptionDetails?.text ?? result?.description ?? "it gave no text";
  throw new EngineError(`${name} could not run the script: ${why}.`);
}

/** How long to wait for what an engine reports of a fetch after the script has its result: it comes by another way. */
export interface SettleDelay {
  /** For anything at all. */
  readonly firstMs: number;
  /** For the rest, once it has begun. */
  readonly restMs: number;
}

/** Waits until `hasBegun`, or until it is clear that nothing comes, and then a little for the rest. */
export async function waitForConsole(hasBegun: () => boolean, { firstMs, restMs }: SettleDelay): Promise<void> {
  const stepMs = 5;
  for (let waited = 0; waited < firstMs && !hasBegun(); waited += stepMs) await sleep(stepMs);
  if (hasBegun()) await sleep(restMs);
}

/** The console of an engine that reports nothing else: where to put its messages, and how a page's driver records them. */
export function messageRecorder(afterFailure: SettleDelay) {
  let messages: string[] = [];
  return {
    add(message: string): void {
      messages.push(message);
    },
    record() {
      messages = [];
      return async ({ outcome }: ScriptReport): Promise<EngineNotes> => {
        if (outcome === "error") await waitForConsole(() => messages.length > 0, afterFailure);
        return { consoleMessages: messages };
      };
    },
  };
}

const bodyLimit = 65_536;

/** The empty page. The icon is named, so that the engine asks no server for one. */
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
