import { type Explanation, explanations, snippets } from "@corsmith/cors/explain";

const browsers = { chromium: "Chrome", firefox: "Firefox", webkit: "Safari", others: "Servers and libraries" } as const;

/** The page `docs/reference/failures.md`: the catalogue, with an anchor for each code. */
export function renderFailures(): string {
  return `# Failures

Every failure that Corsmith tells apart, by its code: those of the CORS protocol, those that only look like it, those of which no browser
says a word, and requests that cannot be made. \`corsmith explain\`, \`corsmith check\`, the simulated browser and the console use the same
codes; they stay. In the messages … stands for what differs. [How to use it](../guide/explaining-errors.md).

${kinds.map(list).join("\n\n")}

${explanations.map(chapter).join("\n\n")}

<!-- Generated from packages/cors/src/explain by tests/docs/failures.test.ts; UPDATE_FAILURES=1 writes it anew. -->
`;
}

const kinds: readonly (readonly [title: string, kind: Explanation["kind"]])[] = [
  ["Decisions of the CORS protocol", "cors"],
  ["Not CORS, though it looks like it", "lookalike"],
  ["Nothing in the console", "silent"],
  ["Requests that cannot be made", "request"],
];

function list([title, kind]: (typeof kinds)[number]): string {
  const rows = explanations
    .filter((one) => one.kind === kind)
    .map(({ code, title }) => `- [\`${code}\`](#${code}): ${escaped(title)}`);
  return `## ${title}\n\n${rows.join("\n")}`;
}

function chapter({ code, title, rule, section, causes, fixes, messages, firefoxName, seeAlso }: Explanation): string {
  const said = Object.entries(browsers).flatMap(([key, name]) => {
    const all = messages[key as keyof typeof browsers] ?? [];
    const reason = key === "firefox" && firefoxName !== undefined ? ` (${firefoxName})` : "";
    return all.map((message) => `- ${name}${reason}: \`${message.replaceAll(/\{\w+\}/g, "…").replaceAll("`", "'")}\``);
  });
  const answer = snippets(code).find(({ stack }) => stack === "http");
  return [
    `## ${code}`,
    `**${escaped(title)}.** ${escaped(rule)} [${section.name}](${section.url})`,
    ...(said.length === 0 ? [] : [said.join("\n")]),
    `Why, likeliest first:\n\n${causes.map((cause, index) => `${index + 1}. ${escaped(cause)}`).join("\n")}`,
    `Who can end it:\n\n${fixes.map(({ who, what }) => `- **${who}**: ${escaped(what)}`).join("\n")}`,
    ...(answer === undefined
      ? []
      : [`An answer that passes, for a page of \`https://app.example.com\`:\n\n\`\`\`http\n${answer.code}\n\`\`\``]),
    ...(seeAlso.length === 0 ? [] : [`See also ${seeAlso.map((other) => `[\`${other}\`](#${other})`).join(", ")}.`]),
  ].join("\n\n");
}

/** Stars and angle brackets are text here. */
function escaped(text: string): string {
  return text.replaceAll(/[*<>_]/g, "\\$&");
}
