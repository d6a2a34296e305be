import { dangerTable, policyKeyTable, presets, sdkHeaders } from "@corsmith/cors";

/** A word of a policy, and what it means. */
export interface PolicyWord {
  readonly word: string;
  readonly means: string;
}

/** The keys of a policy, but for the one that only code can fill. */
export const policyKeyWords: readonly PolicyWord[] = Object.entries(policyKeyTable)
  .filter(([, { type }]) => type !== "lookup")
  .map(([word, { help }]) => ({ word, means: help }));

/** The keys of the file around it. */
export const fileKeyWords: readonly PolicyWord[] = [
  { word: "policy", means: "The policy for paths without a route of their own." },
  { word: "routes", means: "Policies for parts of the API." },
  { word: "path", means: "The path from which a route’s policy applies." },
];

/** The switches under `dangerously`. */
export const dangerKeyWords: readonly PolicyWord[] = Object.entries(dangerTable).map(([word, means]) => ({
  word,
  means,
}));

const meanings: Readonly<Record<string, string>> = {
  "https://app.example.com": "One origin, exactly.",
  "https://*.example.com": "One or more labels before it, never the apex.",
  "https://pr-*.example.com": "One label that begins with pr-.",
  "http://localhost:*": "Any port, for development.",
  "600": "10 minutes",
  "7200": "2 hours",
  "86400": "1 day",
};

const ofSdks: readonly PolicyWord[] = Object.entries(sdkHeaders).flatMap(([sdk, names]: [string, readonly string[]]) =>
  names.map((word) => ({ word, means: `Sent by ${sdk}.` })),
);

/** The words that can be the value of a key, or an item of its list. */
export const valueWords: Readonly<Record<string, readonly PolicyWord[]>> = {
  ...Object.fromEntries(Object.entries(policyKeyTable).map(([key, { examples }]) => [key, examples.map(asWord)])),
  preset: Object.values(presets).map(({ name, summary }) => ({ word: name, means: summary })),
  allowHeaders: distinct([...policyKeyTable.allowHeaders.examples.map(asWord), ...ofSdks]),
  ...Object.fromEntries(Object.keys(dangerTable).map((word) => [word, ["true", "false"].map(asWord)])),
};

function asWord(word: string): PolicyWord {
  return { word, means: meanings[word] ?? "" };
}

/** The first of each word. */
function distinct(words: readonly PolicyWord[]): readonly PolicyWord[] {
  return [...new Map(words.toReversed().map((each) => [each.word, each])).values()].toReversed();
}
