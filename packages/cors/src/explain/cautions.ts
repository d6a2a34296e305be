import { plainText } from "./message-template.ts";

/** Advice that makes it worse, and is found in many pastes. */
export interface Caution {
  readonly code:
    | "no-cors"
    | "wildcard-with-credentials"
    | "reflected-origin"
    | "extension"
    | "web-security-off"
    | "public-proxy";
  readonly why: string;
}

const cautions: readonly (Caution & { readonly signs: readonly string[] })[] = [
  {
    code: "no-cors",
    signs: ["no-cors", "opaque response serves your needs"],
    why: 'mode: "no-cors" does not help: the request succeeds, and the page gets a response that it cannot read: status 0, no headers, no body.',
  },
  {
    code: "wildcard-with-credentials",
    signs: ["allow_origins=['*']", "origin: '*'", "access-control-allow-origin: *", "access-control-allow-origin '*'"],
    why: "* is right for public data only. With cookies every browser refuses it, and it must not be made to work: any site could read what your user sees.",
  },
  {
    code: "reflected-origin",
    signs: [
      "origin: true",
      "$http_origin",
      "allow_origin_regex='.*'",
      "req.headers.origin",
      "allowedoriginpatterns('*')",
    ],
    why: "Echoing any Origin allows every site on the web. Compare it with a list first.",
  },
  {
    code: "extension",
    signs: ["allow cors extension", "cors unblock", "moesif", "browser extension", "chrome extension"],
    why: "An extension that switches CORS off does so in your browser alone: your users still get the error, and every site you visit may read your sessions.",
  },
  {
    code: "web-security-off",
    signs: ["disable-web-security", "disable-site-isolation"],
    why: "A browser without web security hides the error from you alone, and gives every page in it all your sessions.",
  },
  {
    code: "public-proxy",
    signs: ["cors-anywhere", "corsproxy.io", "allorigins", "crossorigin.me"],
    why: "A public CORS proxy reads everything that passes, tokens too. Call the API through your own back end instead.",
  },
];

/** What this text suggests and should not be done. */
export function cautionsIn(text: string): readonly Caution[] {
  const plain = plainText(text);
  return cautions
    .filter(({ signs }) => signs.some((sign) => plain.includes(sign)))
    .map(({ code, why }) => ({ code, why }));
}
