import type { RequestListener } from "node:http";
import type { PolicyInput } from "@corsmith/cors";
import { createDemoApi, type DemoApiPace } from "./demo-api.ts";
import { demoPolicy } from "./demo-policy.ts";
import { type LoopbackServer, startLoopbackServer } from "./loopback-server.ts";
import { createPageServer, readPageFiles } from "./page-server.ts";

/** A demo that runs: an API, and one page on two origins. */
export interface Demo {
  /** The demo API itself; the gateway's upstream. */
  readonly upstream: URL;
  /** The page whose origin the demo policy allows. */
  readonly allowedPage: URL;
  /** The same page on an origin that it does not allow. */
  readonly refusedPage: URL;
  /** The production-like policy for it. */
  readonly policy: PolicyInput;
  /** Tells the pages where the API is to be called: the gateway's address. */
  announce(gateway: URL): void;
  close(): Promise<void>;
}

/**
 * Starts the demo on three free ports of 127.0.0.1. The gateway is the caller's: start it in front of `upstream` under `policy`, then
 * `announce` it. Throws where a socket cannot be opened or the page's files are missing.
 */
export async function startDemo(pace?: DemoApiPace): Promise<Demo> {
  const running: LoopbackServer[] = [];
  const start = async (listener: RequestListener): Promise<URL> => {
    const server = await startLoopbackServer(listener);
    running.push(server);
    return server.url;
  };
  const close = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.close()));
  };

  try {
    const files = await readPageFiles();
    // Filled in before anybody knows the pages' addresses, so before the first request.
    let facts = { api: null as string | null, allowedOrigin: "", refusedOrigin: "" };
    const page = createPageServer(files, () => facts);
    const upstream = await start(createDemoApi(pace));
    const allowedPage = await start(page);
    const refusedPage = await start(page);
    facts = { api: null, allowedOrigin: allowedPage.origin, refusedOrigin: refusedPage.origin };
    return {
      upstream,
      allowedPage,
      refusedPage,
      policy: demoPolicy(allowedPage.origin),
      announce(gateway) {
        facts = { ...facts, api: asSeenFrom(allowedPage, gateway).origin };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A gateway that listens on every address is called by the pages' own: a browser keeps cookies by host, and would take `0.0.0.0` for
 * another site.
 */
function asSeenFrom(page: URL, gateway: URL): URL {
  const url = new URL(gateway);
  if (["0.0.0.0", "[::]"].includes(url.hostname)) url.hostname = page.hostname;
  return url;
}
