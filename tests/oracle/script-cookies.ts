import type { CookieJar } from "@corsmith/cors/browser";

/** A jar for one host whose cookies have no attributes: they count as SameSite=Lax, and a fetch of another site brings none. */
export function scriptCookies(initial: readonly string[]): CookieJar {
  const cookies = new Map(initial.map((cookie) => split(cookie)));
  return {
    async getCookieString(_url, { sameSiteContext }) {
      if (sameSiteContext !== "strict") return "";
      return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    },
    async setCookie(line, _url, { sameSiteContext }) {
      if (sameSiteContext === "strict") cookies.set(...split(line.split(";")[0] ?? ""));
    },
  };
}

function split(cookie: string): [name: string, value: string] {
  const [name = "", ...value] = cookie.split("=");
  return [name.trim(), value.join("=").trim()];
}
