import type { Engine } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { headerMembers, headerValue } from "./header-lines.ts";
import type { Warning } from "./warning.ts";
import type { WireAnswer } from "./wire.ts";

/** A `*` that means nothing beside credentials. */
export function warnAboutWildcards(preflight: WireAnswer | undefined): readonly Warning[] {
  if (preflight === undefined || headerValue(preflight.headers, "access-control-allow-credentials") !== "true")
    return [];
  const names = ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers"];
  const starred = names.filter((name) => headerMembers(preflight.headers, name).includes("*"));
  if (starred.length === 0) return [];
  return [
    {
      id: "wildcard-token-with-credentials",
      severity: "medium",
      says: `${starred.join(" and ")}: *, and * means nothing there when credentials are included.`,
      fix: "Name what is allowed.",
    },
  ];
}

/** How long the preflight is kept. */
export function warnAboutMaxAge(
  seconds: Readonly<Partial<Record<Engine, number>>>,
  preflight: WireAnswer | undefined,
): readonly Warning[] {
  if (preflight === undefined || preflight.status > 299) return [];
  const value = headerValue(preflight.headers, "access-control-max-age");
  if (value === undefined || value === "0") {
    return [
      {
        id: "max-age-missing",
        severity: "info",
        says:
          value === "0"
            ? "Access-Control-Max-Age: 0: every request is preceded by a preflight."
            : "There is no Access-Control-Max-Age, so browsers keep the preflight's answer for 5 s only.",
        fix: "Access-Control-Max-Age: 600 counts in every browser.",
      },
    ];
  }
  const { chromium, firefox, webkit } = seconds;
  const counted = [`${chromium} s in Chrome`, `${firefox} s in Firefox`, `${webkit} s in Safari`].join(", ");
  if (/^\d+$/.test(value) && Number(value) > 86_400) {
    return [
      {
        id: "max-age-excessive",
        severity: "info",
        says: `Access-Control-Max-Age: ${printable(value, 20)} counts as ${counted}.`,
        fix: "7200 says what most browsers do.",
      },
    ];
  }
  return [];
}
