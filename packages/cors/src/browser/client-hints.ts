const clientHints: ReadonlySet<string> = new Set([
  "dpr",
  "width",
  "viewport-width",
  "device-memory",
  "downlink",
  "save-data",
]);

/**
 * Is this a header by which a page tells of the device? Chromium alone treats them as harmless.
 *
 * @param name in lower case
 */
export function isClientHint(name: string): boolean {
  return clientHints.has(name);
}
