import type { FindingCode } from "../finding.ts";
import type { OriginFault } from "../origin/parse-origin-pattern.ts";

/** What is said of an entry that is not written as an origin or a pattern is. */
export interface FaultWords {
  readonly code: FindingCode;
  readonly message: string;
  /** What to do where no correction can be worked out. */
  readonly fix: string;
}

/** The words for a fault of this entry. */
export function describeFault(fault: OriginFault, entry: string): FaultWords {
  const scheme = entry.split("://")[0] ?? "";
  const isStar = fault === "wildcard-in-address" || fault === "wildcard-in-app-origin";
  const words = fault === "scheme-unusable" && scheme === "file" ? fileWords : faultWords[fault];
  const [message, fix = byHand] = words;
  return {
    code: isStar ? "origin-wildcard-misplaced" : `origin-${fault}`,
    message,
    fix: fix.replaceAll("scheme://", `${scheme}://`),
  };
}

const byHand = 'Write it as a browser shows location.origin: "https://app.example.com".';

type Words = readonly [message: string, fix?: string];

const elsewhere = "Remove it; serve the page over https and name that origin.";

/** As every sandboxed frame has it. */
const fileWords: Words = [
  'A page that was opened from a file has the origin "null", as any site can have it: no browser sends this.',
  elsewhere,
];

/** The message, and what to do where that is more than to write an origin; `scheme://` in it is that of the entry. */
const faultWords: Readonly<Record<OriginFault, Words>> = {
  "comma-joined": ["This text holds several origins. A list has one origin per entry."],
  "default-port": ["A browser never writes the default port into Origin, so this would match nothing."],
  "host-invalid": ["This is not a host name as a browser writes it, so it would match nothing."],
  "host-not-ascii": ["A browser writes an international name in punycode, so this would match nothing."],
  "ip-not-canonical": ["A browser writes an IP address in one canonical form, and this is not it."],
  "pattern-too-wide": [
    "This covers nearly every site there is.",
    'Name the hosts, or use "*" alone without credentials if truly everyone may read.',
  ],
  "port-invalid": ["A port is a number from 1 to 65535 without leading zeros, or * for any."],
  "regular-expression": [
    "Regular expressions are not accepted: one unescaped dot or a missing end lets other origins in.",
    'Write the origins out, or use a pattern: "https://*.example.com", "https://pr-*.example.com".',
  ],
  "scheme-missing": ["An origin begins with its scheme. Without it nothing matches."],
  "scheme-unusable": ["No page that can send requests has an origin of this scheme.", elsewhere],
  "too-long": ["This is longer than an origin can be (330 bytes)."],
  "trailing-slash": ["An origin has no trailing slash. With one, nothing matches."],
  uppercase: ["Browsers send origins in lower case, and they are compared byte for byte."],
  userinfo: ["An origin holds no user name and no password."],
  whitespace: ["An origin holds no white space."],
  "wildcard-in-address": [
    "A * stands for a part of a name; a range of addresses cannot be written.",
    'Name each address ("http://192.168.0.10:3000"), or for a private network: originLookup: { find: (origin) => isPrivateHost(new URL(origin).hostname) }.',
  ],
  "wildcard-in-app-origin": [
    "This would allow every app or extension of this scheme, no matter who wrote it.",
    'Name yours: "scheme://abcdefghijklmnop". If each installation has another (Firefox): originLookup: { find: (origin) => origin.startsWith("scheme://") }.',
  ],
  "wildcard-misplaced": [
    'A * stands for whole labels at the front of a web host, a part of the first one, or the port: "https://*.example.com", "https://pr-*.example.com", "http://localhost:*".',
    'Name the hosts one by one, or put a label of your own in between: "https://*.preview.example.com".',
  ],
  "with-path": ["An origin ends after its host and port: a policy cannot distinguish the paths of a page."],
};
