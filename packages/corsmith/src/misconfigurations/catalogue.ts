import { explanationOf, sectionNamed } from "@corsmith/cors/explain";
import { bypasses } from "./bypasses.ts";
import type { Misconfiguration } from "./misconfiguration.ts";
import { originMisconfigurations } from "./origins.ts";
import { responseMisconfigurations } from "./responses.ts";

const catalogue = { ...originMisconfigurations, ...responseMisconfigurations, ...bypasses };

/** A kind of misconfiguration that can be seen from outside. A code never changes its meaning. */
export type MisconfigurationCode = keyof typeof catalogue;

/** Every code, in the order of the catalogue. */
export const misconfigurationCodes = Object.keys(catalogue) as readonly MisconfigurationCode[];

/**
 * What is always the same about findings of this code; `section` is a URL. What is the same fact as a failure is said by the library's
 * catalogue.
 */
export function misconfigurationOf(code: MisconfigurationCode) {
  const { title, means, failure, cwe = [], ...own }: Misconfiguration = catalogue[code];
  const same = failure === undefined ? undefined : explanationOf(failure);
  const [first] = same?.fixes ?? [];
  const section =
    same !== undefined && own.section === undefined ? same.section : sectionNamed(own.section ?? "cors-check");
  const fix = own.fix ?? first?.what ?? "";
  const who = own.who ?? (own.fix === undefined ? first?.who : undefined) ?? "server";
  return { title, means, fix, who, section: section.url, cwe };
}
