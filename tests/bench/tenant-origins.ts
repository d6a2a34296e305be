import { freshText } from "./fresh-text.ts";

/** The origins of a service that gives every tenant a host: one of any number, all of the same length. */
export function tenantOrigin(index: number): string {
  return freshText(`https://shop-${label(index)}.example.com`);
}

/** A pattern for all hosts of one tenant. */
export function tenantPattern(index: number): string {
  return freshText(`https://*.shop-${label(index)}.example.com`);
}

function label(index: number): string {
  return String(index).padStart(7, "0");
}
