import { nodeTransport, type Transport } from "../browser/index.ts";

/** The transports that were made here: a function does not show whether it takes a `Request` or a `TransportRequest`. */
const transports = new WeakSet<object>([nodeTransport]);

/** Remembers that this is a transport. */
export function known(transport: Transport): Transport {
  transports.add(transport);
  return transport;
}

/** Is this a transport that was made here? */
export function isKnownTransport(value: object): value is Transport {
  return transports.has(value);
}
