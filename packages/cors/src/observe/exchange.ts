import type { RawRequest, SeenResponse } from "../http/node-messages.ts";

/**
 * The request that was decided, as its host has it, and a way to see what becomes of it. It holds all that a client sent, secrets too: an
 * event never does.
 */
export interface Exchange {
  /** Node's request, or one of the Fetch form. */
  readonly request: RawRequest | Request;
  /** Node's response, where the host has one. Its head is not written yet. */
  readonly response?: SeenResponse | undefined;
  /** Where there is none: set it to hear of the response that the adapter hands on. A host that shows none never calls it. */
  onResponse?: ((response: Response) => void) | undefined;
}
