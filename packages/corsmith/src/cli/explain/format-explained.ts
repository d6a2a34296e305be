import { type Explanation, explanationOf, type Match, type Reporter, snippets } from "@corsmith/cors/explain";
import { shellQuoted } from "../../check/curl-line.ts";
import { labelled, type Style } from "../labelled.ts";
import { wrapText } from "../wrap-text.ts";
import type { ExplainReport } from "./explain-report.ts";
import { nextCommand } from "./next-command.ts";

const labelWidth = 9;
/** As many failures of one text are shown; `--json` has them all. */
const mostShown = 8;

/** What was found, as people read it: what it is, who said so, the rule, why, who can end it, and the command that tells more. */
export function formatExplained(matches: readonly Match[], cautions: ExplainReport["cautions"], style: Style): string {
  const shown = matches.slice(0, mostShown).map((match) => formatMatch(match, style));
  const left = matches.length - shown.length;
  return [
    ...shown,
    ...(left > 0 ? [style.colors.dim(`${left} more failures; --json lists them all.`)] : []),
    ...(cautions.length > 0 ? [formatCautions(cautions, style)] : []),
  ].join("\n\n");
}

/** Advice in the text that makes it worse, and why. */
export function formatCautions(cautions: ExplainReport["cautions"], style: Style): string {
  return cautions.flatMap(({ why }) => row("Do not", why, style, { color: style.colors.yellow })).join("\n");
}

function formatMatch(match: Match, style: Style): string {
  const { explanation, facts, certainty, why, times } = match;
  const { colors, width } = style;
  const { code, title, rule, section, causes, fixes } = explanation;
  const next = nextCommand(explanation, facts);
  return [
    ...headline(code, title, style),
    ...(certainty === "said" ? [] : row("Likely", `because ${why}`, style)),
    ...(times > 1 ? row("Seen", `${times} times`, style) : []),
    "",
    ...row("Request", request(match), style),
    ...row("Said by", saidBy(match), style),
    "",
    ...row("Rule", rule, style),
    ...row("", `${section.name}: ${section.url}`, { ...style, width: Math.max(width, 200) }, { color: colors.dim }),
    "",
    ...causes.flatMap((cause, index) => row(index === 0 ? "Could be" : "", cause, style, { lead: `${index + 1}. ` })),
    "",
    ...fixes.flatMap(({ who, what }, index) =>
      row(index === 0 ? "Fix" : "", what, style, { lead: `${who}: `.padEnd(8), color: colors.green }),
    ),
    ...expected(match, style),
    ...others(match, style),
    ...lines(match, style),
    ...(next === undefined ? [] : ["", ...command("Next", next, style)]),
  ]
    .filter((line, index, all) => line !== "" || all[index - 1] !== "")
    .join("\n");
}

function headline(code: string, title: string, { colors, width }: Style): readonly string[] {
  return [colors.bold(colors.red(code)), ...wrapText(title, width).map((line) => colors.bold(line))];
}

function request({
  facts: { method, url, origin, redirectedFrom, redirectedTo, status, header, value },
}: Match): string {
  const asked = redirectedFrom ?? url;
  const to = redirectedTo ?? (redirectedFrom === undefined ? undefined : url);
  return [
    [method, asked].filter((word) => word !== undefined).join(" "),
    to === undefined ? "" : `redirected to ${to}`,
    origin === undefined ? "" : `from a page of ${origin}`,
    header === undefined ? "" : `with the header ${header}`,
    value === undefined || value === "" ? "" : `the answer said: ${value}`,
    status === undefined ? "" : `answered with ${status}`,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

const names: Readonly<Record<Reporter, string>> = { chromium: "Chrome", firefox: "Firefox", webkit: "Safari" };

/** Who reported it, and by which words the other browsers do. */
function saidBy({ engine, explanation, message }: Match): string {
  const others = (Object.keys(names) as Reporter[]).filter((name) => name !== engine);
  const words = others.flatMap((name) => {
    const word = wordsOf(name, explanation);
    return word === undefined || word === message ? [] : [`in ${names[name]}: ${word}`];
  });
  return [...(engine === undefined ? [] : [names[engine]]), ...words].join("\n");
}

function wordsOf(engine: Reporter, { firefoxName, messages }: Explanation): string | undefined {
  const message = messages[engine]?.[0];
  if (message === undefined) return undefined;
  if (engine === "firefox" && firefoxName !== undefined) return firefoxName;
  return `“${message.replace(/^Response to preflight request doesn't pass access control check: /, "").replaceAll(/\{\w+\}/g, "…")}”`;
}

function others({ others: all }: Match, style: Style): readonly string[] {
  const shown = all.slice(0, 4).map(({ code, why, certainty }) => {
    const because = certainty === "possible" && !why.startsWith("it is reported by") ? `, ${why}` : "";
    return `${code}: ${explanationOf(code).title}${because}`;
  });
  const left = all.length - shown.length;
  const more = left > 0 ? [`and ${left} more: --json lists them`] : [];
  return shown.length === 0
    ? []
    : ["", ...row("Or", ["by the same words it can be", ...shown, ...more].join("\n"), style)];
}

/** The answer that would pass, with the user's own origin, method and header. */
function expected({ code, facts }: Match, style: Style): readonly string[] {
  const answer = snippets(code, facts).find(({ stack }) => stack === "http");
  if (answer === undefined) return [];
  const note = facts.origin === undefined ? style.colors.dim("  (for example: your page's own origin)") : "";
  return [
    "",
    ...answer.code.split("\n").flatMap((line, index) => {
      const text = line.startsWith("Access-Control-Allow-Origin") ? `${line}${note}` : line;
      return command(index === 0 ? "Expect" : "", text, style);
    }),
  ];
}

/** Where the lines to write are to be had. */
function lines({ code, facts }: Match, style: Style): readonly string[] {
  const stacks = snippets(code, facts).flatMap(({ stack }) => (stack === "http" ? [] : [stack]));
  const [first] = stacks;
  if (first === undefined) return [];
  const { origin, method, header } = facts;
  const known = stacks.includes("nginx") ? "nginx" : first;
  const words = [
    `corsmith explain ${code} --stack ${known}`,
    ...(origin === undefined ? [] : ["--origin", shellQuoted(origin)]),
    ...(method === undefined ? [] : ["--method", shellQuoted(method)]),
    ...(header === undefined ? [] : ["--header", shellQuoted(header)]),
  ];
  const more = stacks.filter((stack) => stack !== known).join(", ");
  return [
    "",
    ...command("Lines", words.join(" "), style),
    ...(more === "" ? [] : row("", `also for ${more}`, style, { color: style.colors.dim })),
  ];
}

/** Commands stay on one line, however long: they are there to be copied. */
function command(label: string, text: string, { colors }: Style): readonly string[] {
  return [`${colors.dim(label.padEnd(labelWidth))} ${text}`];
}

interface RowOptions {
  readonly lead?: string;
  readonly color?: (text: string) => string;
}

function row(label: string, text: string, style: Style, options: RowOptions = {}): readonly string[] {
  return text === "" ? [] : labelled(`${label.padEnd(labelWidth)} `, text, style, options);
}
