import type { Misconfiguration } from "./misconfiguration.ts";

const anyPage = "Any web page can read this API with its visitor's cookies, where they are sent across sites.";
const anyRegistrant = "Anyone can register such a name and has a page that this API trusts.";
const anyDomainOwner = "Anyone who owns a domain can create such a name below it, and has a page that this API trusts.";
const list = "Compare the whole Origin with a list of exact origins, byte for byte.";

/** Origins that are allowed and should not be. */
export const originMisconfigurations = {
  "reflect-any-credentials": {
    title: "Any origin is allowed, with credentials",
    means: anyPage,
    fix: "Keep a list of the pages that you trust, and send only an origin of that list.",
    cwe: [942, 346],
  },
  "reflect-any-anonymous": {
    title: "Any origin is allowed",
    means: "Any web page can read what its visitors can reach: on a private network, what no outsider should see.",
    fix: "If the data is public, send * and no Vary. If it is not, keep a list.",
    cwe: [942],
  },
  "cookie-triggered-reflection": {
    title: "With a cookie, any origin is allowed",
    means: anyPage,
    fix: '* does not work with credentials: keep a list of the pages that you trust. In FastAPI: allow_origins=[…], not ["*"].',
    cwe: [942, 346],
  },
  "wildcard-with-credentials": {
    title: "* together with credentials",
    means: "Browsers reject the combination: pages that include cookies read nothing.",
    failure: "wildcard-origin-with-credentials",
    fix: "Remove Access-Control-Allow-Credentials, or keep a list of origins.",
    section: "cors-and-credentials",
    cwe: [942],
  },
  "wildcard-on-sensitive": {
    title: "* on data that is not public",
    means: "Any web page that someone on this network visits can read what is meant for the network only.",
    fix: "Name the origins; if a response is public after all, mark it as public.",
    cwe: [942, 200],
  },
  "null-credentials": {
    title: "The origin null is allowed, with credentials",
    means:
      "Every page can embed a sandboxed frame, whose origin is null, and read this API with its visitor's cookies.",
    fix: "Remove null from the list.",
    cwe: [942, 346],
  },
  "null-anonymous": {
    title: "The origin null is allowed",
    means: "Every page can embed a sandboxed frame, whose origin is null: allowing null allows everyone.",
    fix: "Remove null from the list; for public data send *.",
    cwe: [942],
  },
  "suffix-match": {
    title: "Only the end of the origin is compared",
    means: anyRegistrant,
    fix: `${list} For subdomains, require a dot before the domain.`,
    cwe: [346, 777],
  },
  "prefix-match-dot": {
    title: "Only the start of the origin is compared (a dot and more after it)",
    means: anyDomainOwner,
    fix: `${list} A pattern must end with the end of the origin ($).`,
    cwe: [346, 777],
  },
  "prefix-match-nodot": {
    title: "Only the start of the origin is compared (text after it)",
    means: anyRegistrant,
    fix: `${list} A pattern must end with the end of the origin ($).`,
    cwe: [346, 777],
  },
  "substring-match": {
    title: "The trusted name may be anywhere in the origin",
    means: anyRegistrant,
    fix: list,
    cwe: [346, 625],
  },
  "reverse-containment": {
    title: "Any part of a trusted origin is trusted",
    means: anyRegistrant,
    fix: `${list} The test is the wrong way round: it searches the list's text for the origin.`,
    cwe: [346],
  },
  "unescaped-dot": {
    title: "A dot in a pattern matches any character",
    means: anyRegistrant,
    fix: "Escape the dot, or do without patterns.",
    cwe: [185, 625],
  },
  "special-char-bypass": {
    title: "A special character after the host gets past the pattern",
    means:
      "Anyone who owns a domain can create such a name below it; all browsers send an underscore, Safari other characters too.",
    fix: "Let a pattern accept letters, digits, hyphens and dots only, up to its end.",
    cwe: [346, 625],
  },
  "any-subdomain": {
    title: "Every subdomain is allowed",
    means:
      "A forgotten subdomain that was taken over, or a script injected into any of them, reads this API; same-site cookies travel too.",
    fix: "Name the subdomains. If you mean all of them, say so: --origin 'https://*.…'.",
    cwe: [942],
  },
  "public-suffix-wildcard": {
    title: "Every customer of a hosting service is allowed",
    means: "Anyone can publish a page there in minutes, and this API trusts it.",
    fix: "Name the exact host of your page.",
    cwe: [942],
  },
  "shared-hosting-trust": {
    title: "A site where anyone can publish is allowed",
    means: "Anyone can put a script there, and this API trusts it.",
    fix: "Remove it from the list; show samples on a domain of your own.",
    cwe: [942],
  },
  "insecure-scheme": {
    title: "An https: API allows an http: page",
    means: "Anyone on a visitor's network can rewrite that page, and read this API through it.",
    fix: "Trust https: origins only.",
    cwe: [942, 319],
  },
  "localhost-in-production": {
    title: "Pages on localhost are allowed",
    means: "Any program that serves a page on a user's machine can read this API as that user.",
    fix: "Keep localhost origins in the development configuration.",
    cwe: [942],
  },
  "localhost-prefix": {
    title: "Anything that starts with localhost is allowed",
    means: anyDomainOwner,
    fix: "Parse the origin, and compare its host as a whole.",
    cwe: [346, 777],
  },
  "private-address-trust": {
    title: "Pages on private addresses are allowed",
    means: "On every network those addresses are other machines: anyone who has one has a page that this API trusts.",
    fix: "Remove them from the list.",
    cwe: [942],
  },
  "any-port": {
    title: "The port is not compared",
    means: "Another program on that host, on any port, is trusted like the page.",
    fix: "Compare the whole origin, including its port.",
    cwe: [346],
  },
  "case-insensitive": {
    title: "Origins are compared without regard to case",
    means: "No browser sends capitals, so no one gains; it shows that the origin is not compared byte for byte.",
    fix: list,
    section: "serialized-origin",
    cwe: [178],
  },
  "malformed-origin-accepted": {
    title: "An invalid Origin is accepted",
    means: "No browser sends it; it shows that the pattern accepts more than origins.",
    fix: list,
    section: "serialized-origin",
    cwe: [20],
  },
  "foreign-scheme-trust": {
    title: "Any extension, file or app is allowed",
    means: "Any extension, any saved page or any app in a web view reads this API as its user.",
    fix: "Name the extension's id; apps all share their schemes, so give them tokens instead of cookies.",
    cwe: [942],
  },
  "acao-from-other-input": {
    title: "Access-Control-Allow-Origin is made from something other than Origin",
    means:
      "Anyone who can write that part of a request, or get a cache to keep the response, chooses which page is trusted.",
    fix: "Use the Origin header alone.",
    section: "origin-header",
    cwe: [942, 346],
  },
  "duplicate-origin-header": {
    who: "proxy",
    title: "Of two Origin headers, one is checked and the other allowed",
    means: "No browser sends two; a proxy that adds one opens the API to whatever the other says.",
    fix: "Refuse a request with more than one Origin.",
    section: "origin-header",
    cwe: [436],
  },
} as const satisfies Readonly<Record<string, Misconfiguration>>;
