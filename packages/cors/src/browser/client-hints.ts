const number = /^\d+(?:\.\d+)?$/;
const integer = /^\d+$/;

/** Headers by which a page tells of the device, and the values that Chromium alone takes for harmless. */
const clientHints: ReadonlyMap<string, RegExp> = new Map([
  ["dpr", number],
  ["device-memory", number],
  ["downlink", number],
  ["width", integer],
  ["viewport-width", integer],
  ["rtt", integer],
  ["ect", /^(?:slow-2g|2g|3g|4g)$/],
  ["save-data", /^on$/i],
  ["intervention", /(?:)/],
]);

/**
 * Is this a header by which a page tells of the device?
 *
 * @param name in lower case
 */
export function isClientHint(name: string): boolean {
  return clientHints.has(name);
}

/**
 * Is it one with a value of the right form?
 *
 * @param name in lower case
 */
export function isSafeClientHint(name: string, value: string): boolean {
  return clientHints.get(name)?.test(value) ?? false;
}
