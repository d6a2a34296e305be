import type { Transport } from "@corsmith/cors/browser";
import { Window } from "happy-dom";
import { JSDOM, VirtualConsole } from "jsdom";
import type { Library } from "../built-library.ts";
import { answerTo, type BenchCase, pageOrigin } from "./bench-case.ts";

/** Somebody who makes a page's request and knows whether the page may read the answer. */
export interface Contender {
  readonly ask: (benchCase: BenchCase) => Promise<boolean>;
  readonly close: () => Promise<void> | void;
}

/** Our trace, with a server that is a function. */
export function inMemory({ browser }: Library): Contender {
  const answers = new Map<string, Awaited<ReturnType<Transport>>>();
  const transport: Transport = async ({ method, url }) => {
    const key = `${method} ${url}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = { ...answerTo(method, new URL(url).pathname), body: "{}" };
      answers.set(key, answer);
    }
    return answer;
  };
  const page = browser.openPage({ origin: pageOrigin, transport });
  return {
    ask: async ({ path, init }) => (await page.trace(`http://api.localhost${path}`, init)).outcome === "ok",
    close: () => undefined,
  };
}

/** Our fetch over sockets; the body is read, as the others do it, so that a connection serves again. */
export function overSockets({ browser }: Library, server: string): Contender {
  const page = browser.openPage({ origin: pageOrigin });
  return { ask: ({ path, init }) => readable(page.fetch(server + path, init)), close: () => undefined };
}

async function readable(fetching: Promise<{ text(): Promise<string> }>): Promise<boolean> {
  try {
    await (await fetching).text();
    return true;
  } catch {
    return false;
  }
}

/** jsdom's XMLHttpRequest, which has a CORS check of its own and speaks over sockets. */
export function jsdom(server: string): Contender {
  // What a page could read in its console is of no use here, and printing it would cost.
  const { window } = new JSDOM("", { url: `${pageOrigin}/`, virtualConsole: new VirtualConsole() });
  return {
    ask: ({ path, init }) =>
      new Promise((done) => {
        const request = new window.XMLHttpRequest();
        request.open(init.method, server + path);
        request.withCredentials = init.credentials === "include";
        for (const [name, value] of Object.entries(init.headers)) request.setRequestHeader(name, value);
        request.onload = () => done(true);
        request.onerror = () => done(false);
        request.send();
      }),
    close: () => window.close(),
  };
}

/** happy-dom's fetch, which has a CORS check of its own and speaks over sockets. */
export function happyDom(server: string): Contender {
  const window = new Window({ url: `${pageOrigin}/`, console: undefined as never });
  return {
    ask: ({ path, init }) => {
      const { method, headers, credentials = "same-origin" } = init;
      return readable(window.fetch(server + path, { method, headers, credentials }));
    },
    close: () => window.happyDOM.close(),
  };
}
