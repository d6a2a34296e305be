import { type CatalogueEntry, sections } from "./entry.ts";

const anyPage =
  "Any web page can read this API with the cookies of whoever visits it, where they are sent across sites.";
const whoeverRegisters = "Whoever registers such a name has a page that this API trusts.";
const list = "Compare the whole Origin with a list of exact origins, byte by byte.";
const serverCheck = { who: "server", section: sections.corsCheck } as const;

/** Which origins are let in that should not be. */
export const originCatalogue = {
  "reflect-any-credentials": {
    ...serverCheck,
    title: "Whatever origin asks is let in, with credentials",
    means: anyPage,
    fix: "Keep a list of the pages that you trust, and answer with an origin of it only.",
    cwe: [942, 346],
  },
  "reflect-any-anonymous": {
    ...serverCheck,
    title: "Whatever origin asks is let in",
    means: "Any web page can read what its visitors can reach: on a private network, what nobody outside should see.",
    fix: "If the data are public, answer * and no Vary. If they are not, keep a list.",
    cwe: [942],
  },
  "cookie-triggered-reflection": {
    ...serverCheck,
    title: "With a cookie, whatever origin asks is let in",
    means: anyPage,
    fix: '* does not go with credentials: keep a list of the pages that you trust. In FastAPI: allow_origins=[…], not ["*"].',
    cwe: [942, 346],
  },
  "wildcard-with-credentials": {
    who: "server",
    section: sections.credentials,
    title: "* together with credentials",
    means: "Browsers refuse the pair: pages that include cookies read nothing.",
    fix: "Leave out Access-Control-Allow-Credentials, or keep a list of origins.",
    cwe: [942],
  },
  "wildcard-on-sensitive": {
    ...serverCheck,
    title: "* on data that are not public",
    means: "Any web page that somebody on this network visits can read what is meant for the network only.",
    fix: "Name the origins; where an answer is public after all, mark it so.",
    cwe: [942, 200],
  },
  "null-credentials": {
    ...serverCheck,
    title: "The origin null is let in, with credentials",
    means:
      "Every page can put a sandboxed frame on itself, whose origin is null, and read this API with its visitor's cookies.",
    fix: "Take null out of the list.",
    cwe: [942, 346],
  },
  "null-anonymous": {
    ...serverCheck,
    title: "The origin null is let in",
    means: "Every page can put a sandboxed frame on itself, whose origin is null: null is everybody.",
    fix: "Take null out of the list; for public data answer *.",
    cwe: [942],
  },
  "suffix-match": {
    ...serverCheck,
    title: "Only the end of the origin is compared",
    means: whoeverRegisters,
    fix: `${list} For subdomains, require a dot before the domain.`,
    cwe: [346, 777],
  },
  "prefix-match-dot": {
    ...serverCheck,
    title: "Only the beginning of the origin is compared (a dot and more behind it)",
    means: "Whoever owns any domain can make such a name below it, and has a page that this API trusts.",
    fix: `${list} A pattern must end with the end of the origin ($).`,
    cwe: [346, 777],
  },
  "prefix-match-nodot": {
    ...serverCheck,
    title: "Only the beginning of the origin is compared (text behind it)",
    means: whoeverRegisters,
    fix: `${list} A pattern must end with the end of the origin ($).`,
    cwe: [346, 777],
  },
  "substring-match": {
    ...serverCheck,
    title: "The trusted name may stand anywhere in the origin",
    means: whoeverRegisters,
    fix: list,
    cwe: [346, 625],
  },
  "reverse-containment": {
    ...serverCheck,
    title: "Any part of a trusted origin is trusted",
    means: whoeverRegisters,
    fix: `${list} The test is the wrong way round: it looks for the origin in the list's text.`,
    cwe: [346],
  },
  "unescaped-dot": {
    ...serverCheck,
    title: "A dot in a pattern stands for any character",
    means: whoeverRegisters,
    fix: "Escape the dot, or do without patterns.",
    cwe: [185, 625],
  },
  "special-char-bypass": {
    ...serverCheck,
    title: "A mark behind the host gets past the pattern",
    means:
      "Whoever owns any domain can make such a name below it; all browsers send an underscore, Safari other marks too.",
    fix: "Let a pattern take letters, digits, hyphens and dots only, up to its end.",
    cwe: [346, 625],
  },
  "any-subdomain": {
    ...serverCheck,
    title: "Every subdomain is let in",
    means:
      "A subdomain that was forgotten and taken over, or a script injected into any of them, reads this API; cookies of the same site travel too.",
    fix: "Name the subdomains. If all of them are meant, say so: --origin 'https://*.…'.",
    cwe: [942],
  },
  "public-suffix-wildcard": {
    ...serverCheck,
    title: "Every customer of a hosting service is let in",
    means: "Anybody can publish a page there in minutes, which this API trusts.",
    fix: "Name the exact host of your page.",
    cwe: [942],
  },
  "shared-hosting-trust": {
    ...serverCheck,
    title: "A site is let in where anybody publishes",
    means: "Anybody can put a script there, which this API trusts.",
    fix: "Take it out of the list; show samples on a domain of your own.",
    cwe: [942],
  },
  "insecure-scheme": {
    ...serverCheck,
    title: "An http: page is let in by an https: API",
    means: "Whoever sits on a visitor's network can write that page, and reads this API with it.",
    fix: "Trust https: origins only.",
    cwe: [942, 319],
  },
  "localhost-in-production": {
    ...serverCheck,
    title: "Pages of localhost are let in",
    means: "Whatever serves a page on a user's machine can read this API as that user.",
    fix: "Keep the origins of localhost in the configuration for development.",
    cwe: [942],
  },
  "localhost-prefix": {
    ...serverCheck,
    title: "Whatever begins like localhost is let in",
    means: "Whoever owns any domain can make such a name below it, and has a page that this API trusts.",
    fix: "Parse the origin, and compare its host as a whole.",
    cwe: [346, 777],
  },
  "private-address-trust": {
    ...serverCheck,
    title: "Pages of private addresses are let in",
    means:
      "On every network those addresses are other machines: whoever has one there has a page that this API trusts.",
    fix: "Take them out of the list.",
    cwe: [942],
  },
  "any-port": {
    ...serverCheck,
    title: "The port is not compared",
    means: "Another program on that host, on whatever port, is trusted like the page.",
    fix: "Compare the whole origin, its port too.",
    cwe: [346],
  },
  "case-insensitive": {
    who: "server",
    section: sections.origin,
    title: "Origins are compared without regard to case",
    means: "No browser sends capitals, so nobody gains; it shows that the origin is not compared byte by byte.",
    fix: list,
    cwe: [178],
  },
  "malformed-origin-accepted": {
    who: "server",
    section: sections.origin,
    title: "What is no origin is let in",
    means: "No browser sends it; it shows that the pattern takes more than origins.",
    fix: list,
    cwe: [20],
  },
  "foreign-scheme-trust": {
    ...serverCheck,
    title: "Extensions, files or apps are let in, whoever made them",
    means: "Any extension, any saved page or any app in a web view reads this API as its user.",
    fix: "Name the extension's id; all apps share their schemes, so give them tokens and no cookies.",
    cwe: [942],
  },
  "acao-from-other-input": {
    who: "server",
    section: sections.originHeader,
    title: "Access-Control-Allow-Origin is made of something else than Origin",
    means:
      "Whoever can write that part of a request, or get a cache to keep the answer, chooses which page is trusted.",
    fix: "Look at the Origin header alone.",
    cwe: [942, 346],
  },
  "duplicate-origin-header": {
    who: "proxy",
    section: sections.originHeader,
    title: "Of two Origin headers, one is tested and the other let in",
    means: "No browser sends two; a proxy that adds one opens the API to whatever the other says.",
    fix: "Refuse a request with more than one Origin.",
    cwe: [436],
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
