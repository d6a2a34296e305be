import { Buffer } from "node:buffer";
import process from "node:process";
import { chromiumConsole } from "./chromium-console.ts";
import { EngineError, type RunningEngine } from "./engine.ts";
import { runEngine } from "./engine-process.ts";
import { emptyPage, pageOpener, textOf } from "./page-driver.ts";
import { inTime, openSession, type ProtocolSession } from "./protocol-session.ts";

const quietSwitches = [
  "--headless",
  "--disable-gpu",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a headless Chromium and speaks the Chrome DevTools Protocol with it. Nothing that has to do with CORS is switched off. */
export function startChromium(program: string): Promise<RunningEngine> {
  // Its sandbox needs a user other than root.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return runEngine("chromium", program, {
    prepare: async (folder) => [
      ...quietSwitches,
      ...sandbox,
      `--user-data-dir=${folder}`,
      "--remote-debugging-port=0",
      "about:blank",
    ],
    listening: /DevTools listening on (ws:\S+)/,
    async connect(address) {
      const session = await openSession(address);
      const { product } = await session.call<{ product: string }>("Browser.getVersion");
      const version = product.slice(product.indexOf("/") + 1);
      return { session, version, openPage: await openTab(session, version) };
    },
  });
}

/** The one tab in which pages are opened. */
async function openTab(session: ProtocolSession, version: string): Promise<RunningEngine["openPage"]> {
  const { targetId } = await session.call<{ targetId: string }>("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await session.call<{ sessionId: string }>("Target.attachToTarget", { targetId, flatten: true });
  const pageConsole = chromiumConsole(session);
  await pageConsole.attach(sessionId);
  await session.call("Page.enable", {}, { sessionId });
  const evaluate = async (expression: string, timeoutMs: number): Promise<string> => {
    const parameters = { expression, awaitPromise: true, returnByValue: true };
    return textOf("Chromium", await session.call("Runtime.evaluate", parameters, { sessionId, timeoutMs }));
  };
  const settle = async (): Promise<void> => {
    await session.call("Runtime.evaluate", { expression: "0" }, { sessionId });
  };
  return pageOpener("chromium", version, {
    async intercept(url) {
      await allowLocalNetwork(session, new URL(url).origin);
      return await answerNavigation(session, sessionId, url);
    },
    navigate: (url) => navigate(session, sessionId, url),
    evaluate,
    record: () => pageConsole.record(settle),
  });
}

/**
 * An address that no server answers counts as a public one, from where Chromium lets a page reach loopback and private addresses
 * only if the visitor allows it (Local Network Access). This visitor does: the question is CORS.
 */
async function allowLocalNetwork(session: ProtocolSession, origin: string): Promise<void> {
  for (const name of ["local-network-access", "loopback-network", "local-network"]) {
    const permission = { permission: { name }, setting: "granted", origin };
    await session.call("Browser.setPermission", permission).catch((error: unknown) => {
      // Names come and go with versions; one that is not known restricts nothing.
      if (!(error instanceof EngineError)) throw error;
    });
  }
}

async function navigate(session: ProtocolSession, sessionId: string, url: string): Promise<void> {
  const loaded = Promise.withResolvers<void>();
  const stopListening = session.listen((event) => {
    if (event.method === "Page.loadEventFired" && event.sessionId === sessionId) loaded.resolve();
  });
  try {
    const { errorText } = await session.call<{ errorText?: string }>("Page.navigate", { url }, { sessionId });
    if (errorText !== undefined) throw new EngineError(`Chromium could not open ${url}: ${errorText}.`);
    await inTime(loaded.promise, `Chromium did not load ${url} within 30 s.`);
  } finally {
    stopListening();
  }
}

async function answerNavigation(session: ProtocolSession, sessionId: string, url: string) {
  const stop = session.listen(({ method, params, sessionId: from }) => {
    if (method !== "Fetch.requestPaused" || from !== sessionId) return;
    const { requestId, request } = params as { requestId: string; request: { url: string } };
    const responseHeaders = [{ name: "Content-Type", value: "text/html; charset=utf-8" }];
    const body = Buffer.from(emptyPage).toString("base64");
    const response = { requestId, responseCode: 200, responseHeaders, body };
    // An http: page is tried by https: first, where nothing listens.
    const answer =
      request.url === url
        ? session.call("Fetch.fulfillRequest", response, { sessionId })
        : session.call("Fetch.failRequest", { requestId, errorReason: "ConnectionRefused" }, { sessionId });
    // The page does not load then, and that is what is reported.
    answer.catch(() => undefined);
  });
  await session.call("Fetch.enable", { patterns: [{ urlPattern: "*", resourceType: "Document" }] }, { sessionId });
  return async () => {
    stop();
    await session.call("Fetch.disable", {}, { sessionId });
  };
}
