import type { Policy } from "@corsmith/cors";
import { formatAddress } from "../../config/address.ts";
import type { Configuration } from "../../config/configuration.ts";
import { shownJournal } from "../../config/parse-settings.ts";
import { type PolicySet, policySetData } from "../../config/policy-set.ts";
import { labelled, type Style } from "../../terminal/wrap-text.ts";

const labelWidth = 13;
/** At most this many origins are listed; the file has the rest. */
const listedOrigins = 10;

/** What a valid configuration comes to, for people: where it listens, in front of what, and what each policy allows. */
export function formatConfiguration(configuration: Configuration, policies: PolicySet, style: Style): string {
  const { settings, mode } = configuration;
  const row = (label: string, text: string): string => labelledText(label, text, style);
  return [
    row("upstream", settings.upstream.value?.origin ?? "none: the demo API"),
    row("listen", formatAddress(settings.listen.value)),
    row("admin", formatAddress(settings.admin.value)),
    row("workers", String(settings.workers.value)),
    row("journal", shownJournal(settings.journal.value)),
    row("mode", mode ?? (configuration.overlays.length === 0 ? "none" : "none: the overlays are not used")),
    row("policy from", configuration.policySource),
    "",
    ...formatPolicy(`every path${policies.routes.length > 0 ? " that no route names" : ""}`, policies.policy, style),
    ...policies.routes.flatMap(({ path, policy }) => ["", ...formatPolicy(path, policy, style)]),
  ].join("\n");
}

/** The same for programs; the keys are stable. */
export function configurationReport(
  configuration: Configuration,
  policies: PolicySet,
): Readonly<Record<string, unknown>> {
  const { settings, limits, mode, file, policySource } = configuration;
  return {
    file: file ?? null,
    mode: mode ?? null,
    upstream: settings.upstream.value?.origin ?? null,
    listen: formatAddress(settings.listen.value),
    admin: formatAddress(settings.admin.value),
    workers: settings.workers.value,
    journal: shownJournal(settings.journal.value),
    limits,
    policySource,
    ...policySetData(policies),
  };
}

function formatPolicy(path: string, policy: Policy, style: Style): string[] {
  const list = (names: readonly string[], none: string): string => (names.length === 0 ? none : names.join(", "));
  const more = policy.allowOrigins.length - listedOrigins;
  const origins = policy.allowOrigins.slice(0, listedOrigins).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const dangers = Object.keys(policy.dangerously ?? {});
  const row = (label: string, text: string): string =>
    `  ${labelledText(label, text, { ...style, width: style.width - 2 }).replaceAll("\n", "\n  ")}`;
  return [
    `${style.colors.bold(path)}`,
    row(
      "origins",
      policy.originLookup === undefined
        ? origins
        : list([...(origins === "" ? [] : [origins]), "those that originLookup finds"], ""),
    ),
    row("credentials", policy.allowCredentials ? "yes" : "no"),
    row("methods", list(["GET", "HEAD", "POST", ...policy.allowMethods], "")),
    row("headers", list(policy.allowHeaders, "only the safelisted ones")),
    row("exposed", list(policy.exposeHeaders, "only the safelisted ones")),
    row("max age", policy.maxAge === undefined ? "the browser's own, 5 seconds" : `${policy.maxAge} seconds`),
    ...(policy.crossOriginProtection
      ? [row("protection", "unsafe requests from other origins are refused with 403")]
      : []),
    ...(dangers.length > 0 ? [row("dangers", style.colors.red(dangers.join(", ")))] : []),
  ];
}

function labelledText(label: string, text: string, style: Style): string {
  return labelled(label.padEnd(labelWidth), text, style).join("\n");
}

/** What somebody who has no policy yet can start with. */
export const policyExample = `Write one to corsmith.config.yaml, with the origins of your own pages:

  policy:
    allowOrigins:
      - https://app.example.com
    allowCredentials: true          # cookies; leave it out if you use none
    allowMethods: [PUT, DELETE]     # beyond GET, HEAD and POST
    allowHeaders: [content-type]

or start from a use case:        corsmith preset single-page-app > corsmith.config.yaml
or give it in the environment:   CORS_ALLOW_ORIGINS=https://app.example.com
`;
