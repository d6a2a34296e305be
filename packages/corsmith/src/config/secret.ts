import { createHash, timingSafeEqual } from "node:crypto";

/** A secret that a stranger's attempt can be compared with, and that no log, no JSON and no error can show. */
export class Secret {
  readonly #digest: Buffer;

  constructor(text: string) {
    this.#digest = digest(text);
  }

  /** Takes the same time whatever is compared: digests have one length, and say nothing of where two texts part. */
  matches(attempt: string): boolean {
    return timingSafeEqual(this.#digest, digest(attempt));
  }

  toJSON(): string {
    return "(secret)";
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
