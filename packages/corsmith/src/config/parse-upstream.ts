import { mistake, type Parsed } from "./parsed.ts";

/** Parses the API's address: an `http:` or `https:` origin without user, path, query or fragment. */
export function parseUpstream(input: unknown): Parsed<URL> {
  if (typeof input !== "string") {
    return mistake("upstream-invalid", "An upstream is text.", "http://127.0.0.1:8000");
  }
  const text = input.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return mistake(
      "upstream-invalid",
      "The scheme is missing.",
      `http://${text.replace(/^\/+/, "") || "127.0.0.1:8000"}`,
    );
  }
  const url = URL.parse(text);
  if (!url) return mistake("upstream-invalid", "This is not a URL.", "http://127.0.0.1:8000");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return mistake(
      "upstream-invalid",
      `The gateway speaks http and https, not ${url.protocol.slice(0, -1)}.`,
      `http://${url.host}`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    return mistake("upstream-invalid", "A user name or password in the URL would never be sent.", url.origin);
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    return mistake("upstream-invalid", "The upstream is an origin: paths are passed on as they come.", url.origin);
  }
  return { ok: true, value: url };
}
