import { answerCatalogue } from "./catalogue/answers.ts";
import { besideCatalogue } from "./catalogue/bypasses.ts";
import type { CatalogueEntry } from "./catalogue/entry.ts";
import { originCatalogue } from "./catalogue/origins.ts";

const catalogue = { ...originCatalogue, ...answerCatalogue, ...besideCatalogue };

/** A kind of misconfiguration that can be seen from outside. A code never changes its meaning. */
export type AuditCode = keyof typeof catalogue;

/** Every code, in the order of the catalogue. */
export const auditCodes = Object.keys(catalogue) as readonly AuditCode[];

/** What is always the same about findings of this code. */
export function entryOf(code: AuditCode): CatalogueEntry {
  return catalogue[code];
}
