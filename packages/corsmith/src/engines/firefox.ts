import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunningEngine } from "./engine.ts";
import { runEngine } from "./engine-process.ts";
import { emptyPage, messageRecorder, pageOpener, textOf } from "./page-driver.ts";
import { nudgedSession, openSession, type ProtocolSession } from "./protocol-session.ts";

/** Nothing here has to do with CORS: a profile that reports home, or looks for updates, is not fit to measure with. */
const preferences: Readonly<Record<string, boolean | number | string>> = {
  "app.update.auto": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
  "browser.safebrowsing.update.enabled": false,
};

/** Starts a headless Firefox and speaks WebDriver BiDi with it, which it understands without a driver of its own. */
export function startFirefox(program: string): Promise<RunningEngine> {
  return runEngine("firefox", program, {
    async prepare(folder) {
      const lines = Object.entries(preferences).map(
        ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`,
      );
      await writeFile(join(folder, "user.js"), lines.join(""));
      return ["--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", "0"];
    },
    listening: /WebDriver BiDi listening on (ws:\S+)/,
    async connect(address) {
      const direct = await openSession(`${address}/session`);
      const session = nudgedSession(direct, async () => {
        await direct.call("session.status");
      });
      const { capabilities } = await session.call<{ capabilities: { browserVersion: string } }>("session.new", {
        capabilities: {},
      });
      await session.call("session.subscribe", { events: ["log.entryAdded", "network.beforeRequestSent"] });
      const version = capabilities.browserVersion;
      return { session, version, openPage: await openTab(session, version) };
    },
  });
}

/** The one tab in which pages are opened. */
async function openTab(session: ProtocolSession, version: string): Promise<RunningEngine["openPage"]> {
  const { context } = await session.call<{ context: string }>("browsingContext.create", { type: "tab" });
  const { add, record } = messageRecorder({ firstMs: 250, restMs: 30 });
  session.listen(({ method, params }) => {
    if (method === "log.entryAdded") add((params as { text: string }).text);
  });
  return pageOpener("firefox", version, {
    intercept: (url) => answerNavigation(session, context, url),
    async navigate(url) {
      await session.call("browsingContext.navigate", { context, url, wait: "complete" });
    },
    async evaluate(expression, timeoutMs) {
      const parameters = { expression, awaitPromise: true, target: { context } };
      return textOf("Firefox", await session.call("script.evaluate", parameters, { timeoutMs }));
    },
    record,
  });
}

interface BeforeRequest {
  readonly isBlocked: boolean;
  readonly request: { readonly request: string; readonly url: string };
}

async function answerNavigation(session: ProtocolSession, context: string, url: string) {
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
  const phases = { phases: ["beforeRequestSent"], contexts: [context] };
  const { intercept } = await session.call<{ intercept: string }>("network.addIntercept", phases);
  return async () => {
    stop();
    await session.call("network.removeIntercept", { intercept });
  };
}
