import type { Base } from "../target.ts";
import { randomHost, randomLabel, randomPort } from "./random-name.ts";

/** Mistakes in matching origins that are trusted: each shows in the origins that it allows. */
export const lookalikeCodes = [
  "suffix-match",
  "prefix-match-dot",
  "prefix-match-nodot",
  "substring-match",
  "reverse-containment",
  "unescaped-dot",
  "special-char-bypass",
  "any-subdomain",
  "any-port",
  "case-insensitive",
  "malformed-origin-accepted",
  "insecure-scheme",
] as const;
/** The same of origins that have nothing to do with one that is trusted. */
export const sharedCodes = [
  "public-suffix-wildcard",
  "shared-hosting-trust",
  "localhost-in-production",
  "localhost-prefix",
  "private-address-trust",
  "foreign-scheme-trust",
] as const;
export type VariantCode = (typeof lookalikeCodes)[number] | (typeof sharedCodes)[number];

/** An origin that only a mistake allows. */
export interface OriginVariant {
  readonly code: VariantCode;
  readonly origin: string;
}

/** What stands behind `scheme://` in the origins that a mistake with this base allows. */
type Make = (base: Base) => readonly string[];

/** What is asked of each host that is, or may be, trusted. */
const lookalikes: readonly (readonly [VariantCode, Make])[] = [
  // endsWith("example.com"): anybody can register that name.
  ["suffix-match", ({ domain }) => [`${randomLabel()}${domain}`]],
  // startsWith("https://app.example.com"), or a pattern without its end.
  ["prefix-match-dot", ({ host }) => [`${host}.${randomHost()}`]],
  ["prefix-match-nodot", ({ host }) => [`${host}${randomHost()}`]],
  // includes("app.example.com")
  ["substring-match", ({ host }) => [`${randomLabel()}-${host}-${randomHost()}`]],
  // The list's text is searched for the origin, and not the other way round.
  ["reverse-containment", ({ host, domain }) => [domain.slice(1), host.slice(0, -1)]],
  ["unescaped-dot", ({ host, domain }) => withoutDot(host, domain)],
  // All engines send an underscore; the others pass in some.
  ["special-char-bypass", ({ host }) => ["_", "{", "!"].map((mark) => `${host}${mark}.${randomHost()}`)],
  ["any-subdomain", ({ host, domain }) => [...new Set([domain, host])].map((name) => `${randomLabel()}.${name}`)],
  ["any-port", ({ host }) => [`${host}:${randomPort()}`]],
  ["case-insensitive", ({ host }) => [host.toUpperCase()]],
  [
    "malformed-origin-accepted",
    ({ scheme, host }) => [
      `${host}.`,
      `${host}/`,
      `${host}@${randomHost()}`,
      `${randomHost()}#${host}`,
      `${randomHost()}/${host}`,
      `${host}:${scheme === "http" ? 80 : 443}`,
    ],
  ],
];

/** The names that `.` for any character allows, as far as others can register them. */
function withoutDot(host: string, domain: string): readonly string[] {
  const dots = [...host.matchAll(/\./g)].map(({ index }) => index);
  return dots
    .slice(0, -1)
    .map((at) => `${host.slice(0, at)}x${host.slice(at + 1)}`)
    .filter((name) => !name.endsWith(`.${domain}`) && name !== domain);
}

/** Origins that look like this one. */
export function lookalikesOf(base: Base, target: { readonly isHttps: boolean }): readonly OriginVariant[] {
  const { scheme, host, domain } = base;
  // Only a page that comes over https loses something to one over http.
  const insecure = target.isHttps ? [`http://${host}`, `http://${randomLabel()}.${domain}`] : [];
  return [
    ...lookalikes.flatMap(([code, make]) => make(base).map((rest) => ({ code, origin: `${scheme}://${rest}` }))),
    ...insecure.map((origin) => ({ code: "insecure-scheme", origin }) as const),
  ];
}

/** Where anybody can put a page, whatever the API is called. @see https://publicsuffix.org/list/ */
const publicHosts = ["github.io", "vercel.app", "pages.dev"];
const publishingSites = ["codepen.io", "jsfiddle.net", "jsbin.com", "stackblitz.com", "cdpn.io"];

/** Origins that no list should have in it, of whatever API. */
export function sharedOrigins(target: { readonly isNear: boolean }): readonly OriginVariant[] {
  const shared: readonly (readonly [VariantCode, readonly string[]])[] = [
    ["public-suffix-wildcard", publicHosts.map((host) => `https://${randomLabel()}.${host}`)],
    ["shared-hosting-trust", publishingSites.map((host) => `https://${host}`)],
    ["localhost-prefix", [`https://localhost.${randomHost()}`, `http://127.0.0.1.${randomHost()}`]],
    ["private-address-trust", ["http://192.168.0.1", "http://10.0.0.1", "http://172.16.0.1"]],
    [
      "foreign-scheme-trust",
      [
        `chrome-extension://${"abcdefghijklmnop".repeat(2)}`,
        "moz-extension://0b5c1d2e-3f40-4a51-8b62-7c73d84e95f0",
        "file://",
        "capacitor://localhost",
        "ionic://localhost",
        "tauri://localhost",
      ],
    ],
    // On the developer's own machine that is what is wanted.
    [
      "localhost-in-production",
      target.isNear
        ? []
        : [
            "http://localhost",
            "http://localhost:3000",
            `http://localhost:${randomPort()}`,
            "http://127.0.0.1:8080",
            "http://[::1]:3000",
          ],
    ],
  ];
  return shared.flatMap(([code, origins]) => origins.map((origin) => ({ code, origin })));
}
