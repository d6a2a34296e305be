import { type Explanation, explanations, snippets } from "@corsmith/cors/explain";

const browsers = { chromium: "Chrome", firefox: "Firefox", webkit: "Safari", others: "Servers and libraries" } as const;

/** The page `docs/reference/failures.md`: the catalogue, with an anchor for each code. */
export function renderFailures(): string {
  return `# Failures

Every failure that Corsmith tells apart, by its code: those of the CORS protocol, those that only look like it, those about which no
browser says anything, and requests that cannot be made. \`corsmith explain\`, \`corsmith check\`, the simulated browser and the console use the same
codes, and codes do not change. In the messages … marks what differs. [How to use it](../guide/explaining-errors.md).

${kinds.map(list).join("\n\n")}

${explanations.map(chapter).join("\n\n")}

<!-- Generated from packages/cors/src/failures by tests/docs/failures.test.ts; UPDATE_FAILURES=1 rewrites it. -->
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

function chapter(explanation: Explanation): string {
  const { code, title, rule, section, causes, fixes, messages, firefoxName, misconfigurations, seeAlso } = explanation;
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
    `Who can fix it:\n\n${fixes.map(({ who, what }) => `- **${who}**: ${escaped(what)}`).join("\n")}`,
    ...(answer === undefined
      ? []
      : [`A response that passes, for a page of \`https://app.example.com\`:\n\n\`\`\`http\n${answer.code}\n\`\`\``]),
    ...(misconfigurations.length === 0
      ? []
      : [`Seen from the server's side: ${misconfigurations.map((name) => `\`${name}\``).join(", ")}.`]),
    ...(seeAlso.length === 0 ? [] : [`See also ${seeAlso.map((other) => `[\`${other}\`](#${other})`).join(", ")}.`]),
  ].join("\n\n");
}

/** Stars and angle brackets are text here. */
function escaped(text: string): string {
  return text.replaceAll(/[*<>_]/g, "\\$&");
}
