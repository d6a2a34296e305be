import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { findEngine } from "../../../packages/corsmith/src/engines/find-engine.ts";
import type { ProtocolSession } from "../../../packages/corsmith/src/engines/protocol-session.ts";
import { startWebkitBrowser } from "../../../packages/corsmith/src/engines/webkit.ts";
import { openWebkitTab } from "../../../packages/corsmith/src/engines/webkit-page.ts";

/** A page in a real WebKit, driven by its inspector's protocol: no tool that drives pages drives Debian's WebKit. */
export interface WebkitPage {
  readonly version: string;
  /** What it wrote to its console as an error, and what its security policies stopped. */
  readonly complaints: readonly string[];
  /** Loads a page. */
  visit(address: string): Promise<void>;
  /** The value of an expression, which must be plain data. */
  evaluate(expression: string): Promise<unknown>;
  /** Waits until an expression is true. @param what names it when it never is */
  until(expression: string, what?: string): Promise<void>;
  /** Waits until the view shows this text. */
  shows(text: string): Promise<void>;
  /** Waits for the first element that fits, holds this text, and is seen; and clicks on it. */
  click(selector: string, text?: string): Promise<void>;
  /** Writes what is seen of it into a PNG file. */
  photograph(file: string): Promise<void>;
  close(): Promise<void>;
}

const patience = 20_000;

interface Evaluated {
  readonly result: { readonly value?: unknown; readonly description?: string };
  readonly wasThrown?: boolean;
}

/** Starts WebKit with a window of this size. */
export async function openWebkitPage(width: number, height: number): Promise<WebkitPage> {
  const found = findEngine("webkit");
  if ("missing" in found) throw new Error(found.missing);
  const browser = await startWebkitBrowser(found.program, [`--geometry=${width}x${height}`]);
  const complaints: string[] = [];
  const current = await openWebkitTab(browser.tab, (page) => watch(page, complaints));
  const evaluate = async (expression: string): Promise<unknown> => {
    const answer = await current().call("Runtime.evaluate", { expression, returnByValue: true });
    const { result, wasThrown } = answer as Evaluated;
    if (wasThrown === true) throw new Error(`${expression}: ${result.description}`);
    return result.value;
  };
  const until = async (expression: string, what = expression): Promise<void> => {
    const end = performance.now() + patience;
    while (performance.now() < end) {
      // Between two pages there is none that could answer.
      if ((await evaluate(expression).catch(() => false)) === true) return;
      await delay(50);
    }
    const text = await evaluate("document.body.innerText").catch(String);
    throw new Error(`Never in WebKit: ${what}. The page says:\n${text}`);
  };
  return {
    version: browser.version,
    complaints,
    evaluate,
    until,
    async visit(address) {
      await current().call("Page.navigate", { url: address });
      await until(`location.href === ${JSON.stringify(address)} && document.readyState === "complete"`, address);
    },
    shows: (text) =>
      until(`document.querySelector("main")?.innerText.includes(${JSON.stringify(text)}) === true`, text),
    async click(selector, text = "") {
      const element = `[...document.querySelectorAll(${JSON.stringify(selector)})].find((each) =>
        each.innerText.includes(${JSON.stringify(text)}) && each.checkVisibility())`;
      await until(`${element} !== undefined`, `${selector} ${text}`);
      await evaluate(`${element}.click()`);
    },
    async photograph(file) {
      const rect = { x: 0, y: 0, width: await evaluate("innerWidth"), height: await evaluate("innerHeight") };
      const answer = await current().call("Page.snapshotRect", { ...rect, coordinateSystem: "Viewport" });
      const { dataURL } = answer as { readonly dataURL: string };
      writeFileSync(file, Buffer.from(dataURL.slice(dataURL.indexOf(",") + 1), "base64"));
    },
    close: () => browser.close(),
  };
}

interface MessageAdded {
  readonly message: { readonly level: string; readonly source: string; readonly text: string; readonly url?: string };
}

async function watch(page: ProtocolSession, complaints: string[]): Promise<void> {
  page.listen(({ method, params }) => {
    if (method !== "Console.messageAdded") return;
    const { level, source, text, url } = (params as MessageAdded).message;
    if (level === "error" || source === "security") complaints.push(`${source} ${url ?? ""} ${text}`);
  });
  for (const domain of ["Runtime", "Console", "Page"]) await page.call(`${domain}.enable`);
}
