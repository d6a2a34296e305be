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

type Make = (base: Base) => readonly string[];

/** What is asked of each host that is, or may be, trusted. */
const lookalikes: readonly (readonly [VariantCode, Make])[] = [
  // endsWith("example.com"): anybody can register that name.
  ["suffix-match", ({ scheme, domain }) => [`${scheme}://${randomLabel()}${domain}`]],
  // startsWith("https://app.example.com"), or a pattern without its end.
  ["prefix-match-dot", ({ scheme, host }) => [`${scheme}://${host}.${randomHost()}`]],
  ["prefix-match-nodot", ({ scheme, host }) => [`${scheme}://${host}${randomHost()}`]],
  // includes("app.example.com")
  ["substring-match", ({ scheme, host }) => [`${scheme}://${randomLabel()}-${host}-${randomHost()}`]],
  // The list's text is searched for the origin, and not the other way round.
  [
    "reverse-containment",
    ({ scheme, host, domain }) => [`${scheme}://${domain.slice(1)}`, `${scheme}://${host.slice(0, -1)}`],
  ],
  ["unescaped-dot", ({ scheme, host, domain }) => withoutDot(host, domain).map((name) => `${scheme}://${name}`)],
  // All engines send an underscore; the others pass in some.
  [
    "special-char-bypass",
    ({ scheme, host }) => ["_", "{", "!"].map((mark) => `${scheme}://${host}${mark}.${randomHost()}`),
  ],
  [
    "any-subdomain",
    ({ scheme, host, domain }) => [...new Set([domain, host])].map((name) => `${scheme}://${randomLabel()}.${name}`),
  ],
  ["any-port", ({ scheme, host }) => [`${scheme}://${host}:${randomPort()}`]],
  ["case-insensitive", ({ scheme, host }) => [`${scheme}://${host.toUpperCase()}`]],
  [
    "malformed-origin-accepted",
    ({ scheme, host }) => [
      `${scheme}://${host}.`,
      `${scheme}://${host}/`,
      `${scheme}://${host}@${randomHost()}`,
      `${scheme}://${randomHost()}#${host}`,
      `${scheme}://${randomHost()}/${host}`,
      `${scheme}://${host}:${scheme === "http" ? 80 : 443}`,
    ],
  ],
];

/** Only a page that comes over https loses something to one over http. */
const insecure: Make = ({ host, domain }) => [`http://${host}`, `http://${randomLabel()}.${domain}`];

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
  const all = lookalikes.flatMap(([code, make]) => make(base).map((origin) => ({ code, origin })));
  const plain = target.isHttps ? insecure(base) : [];
  return [...all, ...plain.map((origin): OriginVariant => ({ code: "insecure-scheme", origin }))];
}

/** Where anybody can put a page, whatever the API is called. @see https://publicsuffix.org/list/ */
const publicHosts = ["github.io", "vercel.app", "pages.dev"];
const publishingSites = ["codepen.io", "jsfiddle.net", "jsbin.com", "stackblitz.com", "cdpn.io"];

/** Origins that no list should have in it, of whatever API. */
export function sharedOrigins(target: { readonly isNear: boolean }): readonly OriginVariant[] {
  const list = (code: VariantCode, origins: readonly string[]): readonly OriginVariant[] =>
    origins.map((origin) => ({ code, origin }));
  return [
    ...list(
      "public-suffix-wildcard",
      publicHosts.map((host) => `https://${randomLabel()}.${host}`),
    ),
    ...list(
      "shared-hosting-trust",
      publishingSites.map((host) => `https://${host}`),
    ),
    ...list("localhost-prefix", [`https://localhost.${randomHost()}`, `http://127.0.0.1.${randomHost()}`]),
    ...list("private-address-trust", ["http://192.168.0.1", "http://10.0.0.1", "http://172.16.0.1"]),
    ...list("foreign-scheme-trust", [
      `chrome-extension://${"abcdefghijklmnop".repeat(2)}`,
      "moz-extension://0b5c1d2e-3f40-4a51-8b62-7c73d84e95f0",
      "file://",
      "capacitor://localhost",
      "ionic://localhost",
      "tauri://localhost",
    ]),
    // On the developer's own machine that is what is wanted.
    ...(target.isNear
      ? []
      : list("localhost-in-production", [
          "http://localhost",
          "http://localhost:3000",
          `http://localhost:${randomPort()}`,
          "http://127.0.0.1:8080",
          "http://[::1]:3000",
        ])),
  ];
}
