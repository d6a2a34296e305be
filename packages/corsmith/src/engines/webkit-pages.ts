import type { EnginePage, PageOptions } from "./engine.ts";
import { EngineError } from "./engine-error.ts";
import { enginePage } from "./engine-session.ts";
import { emptyPage } from "./page-script.ts";
import type { ProtocolEvent, ProtocolSession } from "./protocol-session.ts";
import { waitForWords } from "./quiet-time.ts";
import { openWebkitTab } from "./webkit-tab.ts";

interface MessageAdded {
  readonly message: { readonly text: string };
}

interface RequestIntercepted {
  readonly requestId: string;
  readonly request: { readonly url: string };
}

interface Evaluated {
  readonly result: { readonly objectId?: string; readonly value?: unknown; readonly description?: string };
}

/** Opens pages in the one tab of a WebKit. */
export async function openWebkitPages(
  tab: ProtocolSession,
  version: string,
): Promise<(options: PageOptions) => Promise<EnginePage>> {
  let messages: string[] = [];
  let intercepted: string | undefined;
  let pageIsLoaded: () => void = () => undefined;

  const handle = (page: ProtocolSession, { method, params }: ProtocolEvent): void => {
    if (method === "Console.messageAdded") messages.push((params as MessageAdded).message.text.trimEnd());
    if (method === "Page.loadEventFired") pageIsLoaded();
    // The page does not load then, and that is what is reported.
    if (method === "Network.requestIntercepted") answer(page, params as RequestIntercepted).catch(() => undefined);
  };
  const current = await openWebkitTab(tab, async (page) => {
    page.listen((event) => handle(page, event));
    for (const domain of ["Runtime", "Console", "Page", "Network"]) await page.call(`${domain}.enable`);
    if (intercepted !== undefined) await intercept(page, intercepted);
  });

  const open = async ({ url, intercepted: isIntercepted }: PageOptions): Promise<void> => {
    const loaded = Promise.withResolvers<void>();
    pageIsLoaded = loaded.resolve;
    const timer = setTimeout(() => loaded.reject(new EngineError(`WebKit did not load ${url} within 30 s.`)), 30_000);
    try {
      if (isIntercepted) {
        intercepted = url;
        await intercept(current(), url);
      }
      await current().call("Page.navigate", { url });
      await loaded.promise;
    } finally {
      clearTimeout(timer);
      intercepted = undefined;
    }
    // Nothing of what follows is touched on its way.
    if (isIntercepted) await letPass(current(), url);
  };
  const evaluate = async (expression: string, timeoutMs: number): Promise<string> => {
    const page = current();
    const { result: promise } = (await page.call("Runtime.evaluate", { expression })) as Evaluated;
    const parameters = { promiseObjectId: promise.objectId, returnByValue: true };
    const { result } = (await page.call("Runtime.awaitPromise", parameters, { timeoutMs })) as Evaluated;
    if (typeof result.value === "string") return result.value;
    throw new EngineError(`WebKit could not run the script: ${result.description ?? "it gave no text"}.`);
  };
  const page = enginePage("webkit", version, {
    evaluate,
    hear() {
      messages = [];
      return async ({ outcome }) => {
        const quiet = outcome === "error" ? { firstMs: 100, restMs: 10 } : { firstMs: 0, restMs: 0 };
        await waitForWords(() => messages.length > 0, quiet);
        return { consoleMessages: messages };
      };
    },
  });
  return async (options) => {
    await open(options);
    return page;
  };
}

async function intercept(page: ProtocolSession, url: string): Promise<void> {
  await page.call("Network.setInterceptionEnabled", { enabled: true });
  await page.call("Network.addInterception", { url, stage: "request" });
}

async function letPass(page: ProtocolSession, url: string): Promise<void> {
  await page.call("Network.removeInterception", { url, stage: "request" });
  await page.call("Network.setInterceptionEnabled", { enabled: false });
}

async function answer(page: ProtocolSession, { requestId }: RequestIntercepted): Promise<void> {
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const response = {
    content: emptyPage,
    base64Encoded: false,
    mimeType: "text/html",
    status: 200,
    statusText: "OK",
    headers,
  };
  await page.call("Network.interceptRequestWithResponse", { requestId, ...response });
}
