import { isSecretName } from "./secret-name.ts";

/** What stands where a secret stood. */
export const hidden = "(hidden)";

/**
 * A URL without user name and password, and without the values of parameters that sound like secrets, such as `access_token`, in the query
 * and in the fragment. Everything else stays as it was written. A secret in the path is not known for one, and stays too.
 *
 * @example
 * ```ts
 * import { redactUrl } from "@corsmith/cors/browser";
 *
 * console.assert(redactUrl("https://me:pw@api.example/x?page=2&api_key=abc") === "https://api.example/x?page=2&api_key=(hidden)");
 * ```
 */
export function redactUrl(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:)?([\\/]{2})[^/\\?#]*@/i, "$1$2")
    .replaceAll(/([?&#;])([^=&#;?]+)=([^&#;]*)/g, (pair, mark: string, name: string, value: string) =>
      value !== "" && isSecretName(decoded(name)) ? `${mark}${name}=${hidden}` : pair,
    );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
