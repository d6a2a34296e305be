import { EngineError, type RunningEngine } from "./engine.ts";
import { type Evaluated, emptyPage, messageRecorder, pageOpener, textOf } from "./page-driver.ts";
import {
  type FedSession,
  inTime,
  nudgedSession,
  type ProtocolEvent,
  type ProtocolSession,
  sessionOver,
} from "./protocol-session.ts";

/** Opens pages in the one tab of a WebKit. */
export async function openWebkitPages(tab: ProtocolSession, version: string): Promise<RunningEngine["openPage"]> {
  const { add, record } = messageRecorder({ firstMs: 100, restMs: 10 });
  let intercepted: string | undefined;
  let pageIsLoaded: () => void = () => undefined;

  const handle = (page: ProtocolSession, { method, params }: ProtocolEvent): void => {
    if (method === "Console.messageAdded") add((params as { message: { text: string } }).message.text.trimEnd());
    if (method === "Page.loadEventFired") pageIsLoaded();
    // The page does not load then, and that is what is reported.
    if (method === "Network.requestIntercepted")
      answer(page, (params as { requestId: string }).requestId).catch(() => undefined);
  };
  const current = await openWebkitTab(tab, async (page) => {
    page.listen((event) => handle(page, event));
    for (const domain of ["Runtime", "Console", "Page", "Network"]) await page.call(`${domain}.enable`);
    if (intercepted !== undefined) await intercept(page, intercepted);
  });

  const evaluate = async (expression: string, timeoutMs: number): Promise<string> => {
    const page = current();
    const { result: promise } = await page.call<Evaluated>("Runtime.evaluate", { expression });
    const parameters = { promiseObjectId: promise?.objectId, returnByValue: true };
    return textOf("WebKit", await page.call("Runtime.awaitPromise", parameters, { timeoutMs }));
  };
  return pageOpener("webkit", version, {
    async intercept(url) {
      intercepted = url;
      await intercept(current(), url);
      return async () => {
        intercepted = undefined;
        await current().call("Network.removeInterception", { url, stage: "request" });
        await current().call("Network.setInterceptionEnabled", { enabled: false });
      };
    },
    async navigate(url) {
      const loaded = Promise.withResolvers<void>();
      pageIsLoaded = loaded.resolve;
      await current().call("Page.navigate", { url });
      await inTime(loaded.promise, `WebKit did not load ${url} within 30 s.`);
    },
    evaluate,
    record,
  });
}

async function intercept(page: ProtocolSession, url: string): Promise<void> {
  await page.call("Network.setInterceptionEnabled", { enabled: true });
  await page.call("Network.addInterception", { url, stage: "request" });
}

async function answer(page: ProtocolSession, requestId: string): Promise<void> {
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const body = { content: emptyPage, base64Encoded: false, mimeType: "text/html" };
  const response = { requestId, ...body, status: 200, statusText: "OK", headers };
  await page.call("Network.interceptRequestWithResponse", response);
}

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly isProvisional?: boolean;
  readonly isPaused?: boolean;
}

/**
 * WebKit's inspector speaks with one tab, in which the page proper is a target that a navigation may replace by another, in another
 * process. Returns the session of whichever it is at the time; `prepare` has been done with each before it loads anything.
 */
export async function openWebkitTab(
  tab: ProtocolSession,
  prepare: (page: ProtocolSession) => Promise<void>,
): Promise<() => ProtocolSession> {
  const sessions = new Map<string, FedSession>();
  let current: ProtocolSession | undefined;
  const { promise: firstPage, resolve: pageIsReady, reject: pageFails } = Promise.withResolvers<void>();

  const add = async ({ targetId, type, isProvisional = false, isPaused = false }: TargetInfo): Promise<void> => {
    if (type !== "page") return;
    const send = async (message: string): Promise<void> => {
      await tab.call("Target.sendMessageToTarget", { targetId, message });
    };
    const fed = sessionOver({
      send: (message) => void send(message).catch((error: Error) => fed.end(error.message)),
      close() {},
    });
    const page = nudgedSession(fed.session, () => holdNewPages(tab));
    sessions.set(targetId, { ...fed, session: page });
    await prepare(page);
    if (isPaused) await tab.call("Target.resume", { targetId });
    if (isProvisional) return;
    current = page;
    pageIsReady();
  };
  const handlers: Readonly<Record<string, (parameters: never) => void>> = {
    "Target.targetCreated": ({ targetInfo }: { targetInfo: TargetInfo }) => void add(targetInfo).catch(pageFails),
    "Target.targetDestroyed": ({ targetId }: { targetId: string }) => {
      sessions.get(targetId)?.end("WebKit's page is gone.");
      sessions.delete(targetId);
    },
    "Target.didCommitProvisionalTarget": ({ newTargetId }: { newTargetId: string }) => {
      current = sessions.get(newTargetId)?.session;
    },
    "Target.dispatchMessageFromTarget": ({ targetId, message }: { targetId: string; message: string }) => {
      sessions.get(targetId)?.receive(message);
    },
  };
  tab.listen(({ method, params }: ProtocolEvent) => handlers[method]?.(params as never));
  await holdNewPages(tab);
  await firstPage;
  return () => {
    if (current === undefined) throw new EngineError("WebKit has no page.");
    return current;
  };
}

/** Has new pages wait until they are prepared. */
async function holdNewPages(tab: ProtocolSession): Promise<void> {
  await tab.call("Target.setPauseOnStart", { pauseOnStart: true });
}
