import { type Explained, explain, explanations } from "@corsmith/cors/explain";
import fc from "fast-check";
import { expect, test } from "vitest";

const places: Readonly<Record<string, string>> = {
  url: "https://api.example.com/x",
  origin: "https://app.example.com",
  from: "https://app.example.com/",
  to: "https://other.example.com/",
  method: "PUT",
  header: "x-a",
  value: "x",
  status: "404",
  what: "Window",
};

const messages = [...new Set(explanations.flatMap(({ messages: said }) => Object.values(said).flat()))].map((message) =>
  message.replaceAll(/\{(\w+)\}/g, (_: string, place: string) => places[place] ?? place),
);

/** Lines of a console that say nothing of a failed request. */
const noise = fc.constantFrom(
  "",
  "[vite] connected.",
  "12:01:07.113 app.js:3 rendered in 12 ms",
  "\u001b[33mwarning\u001b[39m deprecated option",
  "    at async load (https://app.example.com/assets/index-4f2a.js:17:23)",
  "日本語のログ",
);

test("a message is understood the same, whatever lines are around it and however it is decorated", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...messages),
      fc.array(noise, { maxLength: 3 }),
      fc.array(noise, { maxLength: 3 }),
      fc.constantFrom("", "> ", "\t", "\u001b[31m", "3:04:05 PM ", "main.js:12 "),
      (message, before, after, prefix) => {
        const decorated = [...before, `${prefix}${message}`, ...after].join("\n");
        expect(codesOf(explain(decorated))).toEqual(codesOf(explain(message)));
      },
    ),
    { numRuns: 2000 },
  );
});

test("no text breaks it, and none comes back with a control character", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(...messages),
    fc.constantFrom("'", "https://", "{url}", "\u001b["),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const explained = explain(pieces.join(""));
      const facts =
        explained.outcome === "known" ? explained.matches.flatMap((match) => Object.values(match.facts)) : [];
      for (const fact of facts) expect(String(fact)).toMatch(/^[\x20-\x7e]*$/);
    }),
    { numRuns: 3000 },
  );
});

function codesOf(explained: Explained): readonly string[] {
  return explained.outcome === "known" ? explained.matches.map(({ code }) => code) : [explained.reason];
}
