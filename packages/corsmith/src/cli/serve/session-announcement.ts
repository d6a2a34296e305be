import process from "node:process";
import type { Logger } from "pino";
import { shownJournal } from "../../config/parse-journal.ts";
import { allowedOrigins } from "../../config/policy-set.ts";
import { type DemoAddresses, demoAddresses, demoAnnouncement, demoCommands } from "./demo-announcement.ts";
import type { SessionAddresses, SessionOptions } from "./session.ts";

/** Says where everything is: to people, and in the log's first line. */
export function announce(options: SessionOptions, addresses: SessionAddresses, log: Logger): void {
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
      ? `The console waits for what middleware reports. ${policy} Admin: ${admin.origin}`
      : `Serving ${listen.origin} in front of ${upstream.origin}. ${policy} Admin: ${admin.origin}`,
  );
}

/** Returns the addresses of the demo, if it is one. */
function announceToPeople(
  { terminal, json, demo, announcement }: SessionOptions,
  addresses: SessionAddresses,
): DemoAddresses | undefined {
  const { listen, admin } = addresses;
  const shown = demo === undefined || listen === undefined ? undefined : demoAddresses(demo, listen, admin);
  if (json) return shown;
  if (shown !== undefined) terminal.out.write(demoAnnouncement(shown, terminal.out));
  if (announcement !== undefined) terminal.out.write(announcement(addresses));
  return shown;
}
