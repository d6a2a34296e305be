/**
 * The chart's library asks `Intl` for the browser's language as soon as it is loaded. WebKit under the locale `C`, as in a bare container,
 * reports `C` as its language, which is not one, and the library does not load. Imported in front of it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5646#section-2.1
 */
try {
  new Intl.Locale(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en", configurable: true });
}
