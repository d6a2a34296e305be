import type { Demo } from "../../demo/start-demo.ts";
import type { Output } from "../terminal.ts";

/** Where everything of the demo is. */
export interface DemoAddresses {
  readonly api: URL;
  readonly admin: URL;
  readonly allowedPage: URL;
  readonly refusedPage: URL;
}

/** The addresses of a demo behind its gateway. */
export function demoAddresses(demo: Demo, api: URL, admin: URL): DemoAddresses {
  return { api: reachable(api), admin: reachable(admin), allowedPage: demo.allowedPage, refusedPage: demo.refusedPage };
}

/** The command lines with which to try it: a simple request, and a preflight. */
export function demoCommands({ api, allowedPage }: DemoAddresses): {
  readonly simple: string;
  readonly preflight: string;
} {
  const origin = `-H 'Origin: ${allowedPage.origin}'`;
  const preflight = [
    `curl -i -X OPTIONS ${api.origin}/orders/1`,
    origin,
    "-H 'Access-Control-Request-Method: PUT'",
    "-H 'Access-Control-Request-Headers: content-type'",
  ];
  return { simple: `curl -i ${api.origin}/orders ${origin}`, preflight: preflight.join(" \\\n    ") };
}

/** What somebody who has just started the demo wants to know. */
export function demoAnnouncement(addresses: DemoAddresses, { colors }: Pick<Output, "colors">): string {
  const { simple, preflight } = demoCommands(addresses);
  const line = (label: string, url: URL, path = ""): string =>
    `  ${label.padEnd(30)} ${colors.cyan(url.origin + path)}`;
  return `
${colors.bold("The demo runs: a small API, Corsmith in front of it, a web page on two origins.")}

${line("Page on an allowed origin", addresses.allowedPage, "/")}
${line("Same page, origin not allowed", addresses.refusedPage, "/")}
${line("The API, through Corsmith", addresses.api)}
${line("The console", addresses.admin, "/")}
${line("The policy in force", addresses.admin, "/api/policy")}

Open both pages, press the same buttons, and read below what was decided.
Or ask as the allowed page would; first a simple request, then a preflight:

  ${simple}

  ${preflight}

In front of your own API: ${colors.bold("corsmith serve --upstream http://127.0.0.1:8000")}
Ctrl-C stops everything.

`;
}

/** An address that a browser can open: a server on every address of the machine is reached through loopback. */
export function reachable(url: URL): URL {
  const address = new URL(url);
  if (address.hostname === "0.0.0.0") address.hostname = "127.0.0.1";
  if (address.hostname === "[::]") address.hostname = "[::1]";
  return address;
}
