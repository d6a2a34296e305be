import { randomBytes, randomInt } from "node:crypto";

/** A label that no server can have in a list. */
export function randomLabel(): string {
  return `c${randomBytes(5).toString("hex")}`;
}

/** A host under `.example`, which belongs to nobody by RFC 2606. */
export function randomHost(): string {
  return `${randomLabel()}.corsmith-audit.example`;
}

/** A port that no page is likely to be served on. */
export function randomPort(): number {
  return randomInt(20_000, 60_000);
}
