import process from "node:process";
import type { Logger } from "pino";
import type { Configuration, LoadOutcome } from "../config/configuration.ts";
import { shownJournal } from "../config/parse-settings.ts";
import { allowedOrigins } from "../config/policy-set.ts";
import type { Demo } from "../demo/start-demo.ts";
import type { Output, Terminal } from "../terminal/terminal.ts";

export interface SessionAddresses {
  readonly listen: URL | undefined;
  readonly admin: URL;
  readonly upstream: URL | undefined;
}

export interface AnnounceOptions {
  readonly configuration: Configuration;
  readonly outcome: LoadOutcome;
  readonly terminal: Terminal;
  readonly json: boolean;
  /** The demo, where it is the upstream. */
  readonly demo?: Demo | undefined;
  /** Makes the text that is written before the log, once everything runs. */
  readonly announcement?: (addresses: SessionAddresses) => string;
}

/** Writes where everything is: for people, and in the log's first line. */
export function announce(options: AnnounceOptions, addresses: SessionAddresses, log: Logger): void {
  const { configuration, outcome } = options;
  const { listen, admin, upstream } = addresses;
  const { settings, mode, policySource, policies } = configuration;
  const origins = policies === undefined ? 0 : allowedOrigins(policies).length;
  const shown = announceToPeople(options, addresses);
  const policy = `Policy: ${policySource || "none"}, ${origins} ${origins === 1 ? "origin" : "origins"}.`;
  log.info(
    {
      event: "serving",
      listen: listen?.origin ?? null,
      admin: admin.origin,
      upstream: upstream?.origin ?? null,
      policySource,
      load: 1,
      origins,
      routes: policies?.routes.length ?? 0,
      workers: settings.workers.value,
      journal: shownJournal(settings.journal.value),
      mode: mode ?? null,
      pid: process.pid,
      ...(outcome.findings.length === 0 ? {} : { findings: outcome.findings }),
      ...(shown === undefined ? {} : { demo: { ...shown, ...demoCommands(shown) } }),
    },
    listen === undefined || upstream === undefined
      ? `The console is running and waiting for reports from your server. ${policy} Admin: ${admin.origin}`
      : `Serving ${listen.origin} in front of ${upstream.origin}. ${policy} Admin: ${admin.origin}`,
  );
}

/** Returns the addresses of the demo, if it is one. */
function announceToPeople(
  { terminal, json, demo, announcement }: AnnounceOptions,
  addresses: SessionAddresses,
): DemoAddresses | undefined {
  const { listen, admin } = addresses;
  const shown = listen &&
    demo && {
      api: reachable(listen),
      admin: reachable(admin),
      allowedPage: demo.allowedPage,
      refusedPage: demo.refusedPage,
    };
  if (json) return shown;
  if (shown !== undefined) terminal.out.write(demoAnnouncement(shown, terminal.out));
  if (announcement !== undefined) terminal.out.write(announcement(addresses));
  return shown;
}

/** Where everything of the demo is. */
interface DemoAddresses extends Pick<Demo, "allowedPage" | "refusedPage"> {
  readonly api: URL;
  readonly admin: URL;
}

/** The command lines with which to try it: a simple request, and a preflight. */
function demoCommands({ api, allowedPage }: DemoAddresses): Readonly<Record<"simple" | "preflight", string>> {
  const origin = `-H 'Origin: ${allowedPage.origin}'`;
  const preflight = [
    `curl -i -X OPTIONS ${api.origin}/orders/1`,
    origin,
    "-H 'Access-Control-Request-Method: PUT'",
    "-H 'Access-Control-Request-Headers: content-type'",
  ];
  return { simple: `curl -i ${api.origin}/orders ${origin}`, preflight: preflight.join(" \\\n    ") };
}

/** What is there to see, for who has just started the demo. */
function demoAnnouncement(addresses: DemoAddresses, { colors }: Pick<Output, "colors">): string {
  const { simple, preflight } = demoCommands(addresses);
  const line = (label: string, url: URL, path = ""): string =>
    `  ${label.padEnd(30)} ${colors.cyan(url.origin + path)}`;
  return `
${colors.bold("The demo is running: a small API, Corsmith in front, a web page on two origins.")}

${line("Page on an allowed origin", addresses.allowedPage, "/")}
${line("Same page, origin not allowed", addresses.refusedPage, "/")}
${line("The API, through Corsmith", addresses.api)}
${line("The console", addresses.admin, "/")}
${line("The active policy", addresses.admin, "/api/policy")}

Open both pages, press the same buttons, and read below what was decided.
Or send the requests the allowed page would send:
first a simple request, then a preflight:

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
