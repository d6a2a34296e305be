import type { Policy } from "@corsmith/cors";
import type { Configuration } from "../../config/configuration.ts";
import { policySetData } from "../../config/policy-set.ts";
import { shownSetting } from "../../config/settings.ts";
import { labelled, type Style } from "../../terminal/wrap-text.ts";

const labelWidth = 13;
/** At most this many origins are listed; the file has the rest. */
const maxListedOrigins = 10;

/** What a valid configuration comes to, for people: where it listens, in front of what, and what each policy allows. */
export function formatConfiguration(configuration: Configuration, style: Style): string {
  const { mode, overlays, policies, policySource } = configuration;
  const shown = shownSettings(configuration);
  const row = (label: string, text: unknown): string => labelledText(label, String(text), style);
  return [
    row("upstream", shown.upstream ?? "none: the demo API"),
    row("listen", shown.listen),
    row("admin", shown.admin),
    row("workers", shown.workers),
    row("journal", shown.journal),
    row("mode", mode ?? (overlays.length === 0 ? "none" : "none: no section is used")),
    row("policy from", policySource),
    ...(policies === undefined
      ? []
      : [
          "",
          ...formatPolicy(
            policies.routes.length > 0 ? "every path that no route names" : "every path",
            policies.policy,
            style,
          ),
          ...policies.routes.flatMap(({ path, policy }) => ["", ...formatPolicy(path, policy, style)]),
        ]),
  ].join("\n");
}

/** The same for programs; the keys are stable. */
export function configurationReport(configuration: Configuration): Readonly<Record<string, unknown>> {
  const { limits, mode, file, policySource, policies } = configuration;
  return {
    file: file ?? null,
    mode: mode ?? null,
    ...shownSettings(configuration),
    limits,
    policySource,
    ...(policies && policySetData(policies)),
  };
}

function shownSettings({ settings }: Configuration) {
  return {
    upstream: shownSetting(settings.upstream.value) ?? null,
    listen: shownSetting(settings.listen.value),
    admin: shownSetting(settings.admin.value),
    workers: settings.workers.value,
    journal: shownSetting(settings.journal.value),
  };
}

function formatPolicy(path: string, policy: Policy | false, style: Style): string[] {
  const row = (label: string, text: string): string =>
    `  ${labelledText(label, text, { ...style, width: style.width - 2 }).replaceAll("\n", "\n  ")}`;
  const title = style.colors.bold(path);
  if (policy === false) return [title, row("policy", "none: the API's own CORS headers go out as they are")];
  const list = (names: readonly string[], none: string): string => (names.length === 0 ? none : names.join(", "));
  const more = policy.allowOrigins.length - maxListedOrigins;
  const origins = policy.allowOrigins.slice(0, maxListedOrigins).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const dangers = Object.keys(policy.dangerously ?? {});
  return [
    title,
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
    row("max age", policy.maxAge === undefined ? "not set (browsers use 5 seconds)" : `${policy.maxAge} seconds`),
    ...(policy.crossOriginProtection
      ? [row("protection", "unsafe requests from other origins are refused with 403")]
      : []),
    ...(dangers.length > 0 ? [row("dangers", style.colors.red(dangers.join(", ")))] : []),
  ];
}

function labelledText(label: string, text: string, style: Style): string {
  return labelled(label.padEnd(labelWidth), text, style).join("\n");
}

/** A policy to start with, for those who have none yet. */
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
