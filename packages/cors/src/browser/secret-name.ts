const secretWords: ReadonlySet<string> = new Set([
  "apikey",
  "assertion",
  "auth",
  "authorization",
  "authtoken",
  "credential",
  "credentials",
  "csrf",
  "csrftoken",
  "jwt",
  "key",
  "passphrase",
  "passwd",
  "password",
  "pwd",
  "secret",
  "session",
  "sessionid",
  "sid",
  "sig",
  "signature",
  "ticket",
  "token",
  "xsrf",
]);

/**
 * Does a name of a header or a parameter sound as if its value were a secret? By whole words, in `kebab-case`, `snake_case` and
 * `camelCase`: `api_key` and `accessToken` do, `monkey` does not.
 */
export function isSecretName(name: string): boolean {
  // An OAuth code is one; an error code, with a word before it, is none.
  if (name === "code") return true;
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some((word) => secretWords.has(word));
}
