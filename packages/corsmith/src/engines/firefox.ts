import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EngineError, type EnginePage, type PageOptions, type RunningEngine } from "./engine.ts";
import { makeTemporaryProfile, startEngineProcess } from "./engine-process.ts";
import { emptyPage, enginePage, waitForWords } from "./page-driver.ts";
import { impatientSession, openSession, type ProtocolSession } from "./protocol-session.ts";

/** Nothing here has to do with CORS: a profile that reports home, or looks for updates, is none to measure with. */
const preferences: Readonly<Record<string, boolean | number | string>> = {
  "app.update.auto": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
  "browser.safebrowsing.update.enabled": false,
};

/** Starts a headless Firefox and speaks WebDriver BiDi with it, which it understands without a driver of its own. */
export async function startFirefox(program: string): Promise<RunningEngine> {
  const profile = await makeTemporaryProfile("firefox");
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  await writeFile(join(profile.folder, "user.js"), lines.join(""));
  const parameters = ["--headless", "--no-remote", "--profile", profile.folder, "--remote-debugging-port", "0"];
  const child = startEngineProcess(program, parameters);
  const close = async (): Promise<void> => {
    await child.stop();
    await profile.remove();
  };
  try {
    const [, address] = await child.said(/WebDriver BiDi listening on (ws:\S+)/, 60);
    const direct = await openSession(`${address}/session`);
    const session = impatientSession(direct, async () => {
      await direct.call("session.status");
    });
    const { capabilities } = (await session.call("session.new", { capabilities: {} })) as NewSession;
    await session.call("session.subscribe", { events: ["log.entryAdded", "network.beforeRequestSent"] });
    const version = capabilities.browserVersion;
    const openPage = await openTab(session, version);
    return {
      engine: "firefox",
      version,
      openPage,
      async close() {
        session.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface NewSession {
  readonly capabilities: { readonly browserVersion: string };
}

/** The one tab in which pages are opened. */
async function openTab(
  session: ProtocolSession,
  version: string,
): Promise<(options: PageOptions) => Promise<EnginePage>> {
  const { context } = (await session.call("browsingContext.create", { type: "tab" })) as { context: string };
  let messages: string[] = [];
  session.listen(({ method, params }) => {
    if (method === "log.entryAdded") messages.push((params as LogEntry).text);
  });
  const page = enginePage("firefox", version, {
    async evaluate(expression, timeoutMs) {
      const parameters = { expression, awaitPromise: true, target: { context } };
      const answer = await session.call("script.evaluate", parameters, { timeoutMs });
      const { result, exceptionDetails } = answer as Evaluated;
      if (typeof result?.value === "string") return result.value;
      throw new EngineError(`Firefox could not run the script: ${exceptionDetails?.text ?? "it gave no text"}.`);
    },
    hear() {
      messages = [];
      return async ({ outcome }) => {
        const quiet = outcome === "error" ? { firstMs: 250, restMs: 30 } : { firstMs: 0, restMs: 0 };
        await waitForWords(() => messages.length > 0, quiet);
        return { consoleMessages: messages };
      };
    },
  });
  return async (options) => {
    await navigate(session, context, options);
    return page;
  };
}

interface Evaluated {
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

interface LogEntry {
  readonly text: string;
}

async function navigate(session: ProtocolSession, context: string, { url, intercepted }: PageOptions): Promise<void> {
  const stop = intercepted ? await answerNavigation(session, context, url) : undefined;
  try {
    await session.call("browsingContext.navigate", { context, url, wait: "complete" });
  } finally {
    await stop?.();
  }
}

interface BeforeRequest {
  readonly isBlocked: boolean;
  readonly request: { readonly request: string; readonly url: string };
}

/** Answers the page's address with an empty page, until the returned function is called: what follows is touched by nobody. */
async function answerNavigation(session: ProtocolSession, context: string, url: string): Promise<() => Promise<void>> {
  const stop = session.listen(({ method, params }) => {
    if (method !== "network.beforeRequestSent" || !(params as BeforeRequest).isBlocked) return;
    const { request, url: asked } = (params as BeforeRequest).request;
    const answer =
      asked === url
        ? session.call("network.provideResponse", {
            request,
            statusCode: 200,
            headers: [{ name: "Content-Type", value: { type: "string", value: "text/html; charset=utf-8" } }],
            body: { type: "string", value: emptyPage },
          })
        : session.call("network.failRequest", { request });
    // The page does not load then, and that is what is reported.
    answer.catch(() => undefined);
  });
  const added = await session.call("network.addIntercept", { phases: ["beforeRequestSent"], contexts: [context] });
  const { intercept } = added as { intercept: string };
  return async () => {
    stop();
    await session.call("network.removeIntercept", { intercept });
  };
}
