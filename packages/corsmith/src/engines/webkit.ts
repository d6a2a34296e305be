import { execFile } from "node:child_process";
import { createServer } from "node:net";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { EngineError, type RunningEngine } from "./engine.ts";
import { makeTemporaryProfile, startEngineProcess } from "./engine-process.ts";
import { openDisplay } from "./find-engine.ts";
import { openSession } from "./protocol-session.ts";
import { openWebkitPages } from "./webkit-page.ts";

/**
 * Starts WebKitGTK's MiniBrowser and opens its inspector's protocol. WebDriver would do for the requests, but its sessions are private ones,
 * in which WebKit writes nothing to the console, and it has no way to answer for a page's origin. Returns the inspector's session with its tab; `close` ends its
 * processes and removes its profile.
 *
 * @param parameters further arguments of MiniBrowser
 */
export async function startWebkitBrowser(program: string, parameters: readonly string[] = []) {
  const started: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of started.reverse()) await stop();
  };
  try {
    const profile = await makeTemporaryProfile("webkit");
    started.push(profile.remove);
    const display = await openDisplay();
    started.push(display.close);
    const address = `127.0.0.1:${await freePort()}`;
    const environment = {
      ...display.environment,
      WEBKIT_INSPECTOR_HTTP_SERVER: address,
      // All that it keeps.
      XDG_DATA_HOME: profile.folder,
      XDG_CACHE_HOME: profile.folder,
      XDG_CONFIG_HOME: profile.folder,
    };
    const version = await versionOf(program, environment);
    const all = ["--enable-developer-extras=true", ...parameters, "about:blank"];
    const child = startEngineProcess(program, all, { environment });
    started.push(child.stop);
    const tab = await openSession(await tabAddress(address));
    started.push(async () => tab.close());
    return { version, tab, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts WebKit, to be asked for requests. */
export async function startWebkit(program: string): Promise<RunningEngine> {
  const { version, tab, close } = await startWebkitBrowser(program);
  try {
    return { engine: "webkit", version, openPage: await openWebkitPages(tab, version), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The inspector takes no port 0: this one was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new EngineError("There is no free port on 127.0.0.1.");
  return address.port;
}

/** It prints its version only where it finds a display. */
async function versionOf(program: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const options = { env: { ...process.env, ...environment }, timeout: 20_000 };
  const { stdout } = await promisify(execFile)(program, ["--version"], options);
  return stdout.replace(/^\D*/, "").trim();
}

/** The inspector's server lists the tabs on a page for people; the address is in it. */
async function tabAddress(server: string): Promise<string> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const page = await fetch(`http://${server}/`).then(
      (response) => response.text(),
      () => "",
    );
    const path = /\/socket\/[^'"]+/.exec(page);
    if (path !== null) return `ws://${server}${path[0]}`;
    await sleep(50);
  }
  throw new EngineError("WebKit was not ready after 30 s.");
}
