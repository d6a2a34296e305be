import { nodeTransport, type Transport } from "../browser/index.ts";

/** The transports that were made here: a function does not tell whether it takes a `Request` or one for the wire. */
const transports = new WeakSet<object>([nodeTransport]);

/** Writes down that this is a transport. */
export function known(transport: Transport): Transport {
  transports.add(transport);
  return transport;
}

/** Is this a transport that was made here? */
export function isKnownTransport(value: object): value is Transport {
  return transports.has(value);
}
