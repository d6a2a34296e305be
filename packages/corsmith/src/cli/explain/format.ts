import {
  type Caution,
  type Explained,
  type Explanation,
  type ExplanationCode,
  explanationOf,
  type Facts,
  type Fix,
  type Match,
  type Possibility,
  type Reporter,
  type Section,
  type Snippet,
  snippets,
} from "@corsmith/cors/explain";
import { shellQuoted } from "../../live/curl-line.ts";
import { labelled, type Style, wrapText } from "../../terminal/wrap-text.ts";

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

/** What `--json` prints. The keys are stable: others may be added, none changes its meaning. */
export interface ExplainReport {
  readonly outcome: Explained["outcome"];
  /** Best first; empty if nothing is known. */
  readonly matches: readonly ReportedMatch[];
  /** What the text suggests and should not be done. */
  readonly cautions: readonly Caution[];
  /** Was the text longer than what is read? */
  readonly truncated: boolean;
  /** What to give instead; only where nothing is known. */
  readonly hint?: string;
  /** Only for a recording: how many requests to other origins it holds, and how many of them failed. */
  readonly recording?: { readonly requests: number; readonly failed: number };
}

/** One failure, with its explanation. */
export interface ReportedMatch {
  readonly code: ExplanationCode;
  readonly kind: string;
  readonly phase: string;
  readonly title: string;
  readonly certainty: Match["certainty"];
  readonly why: string;
  /** Whose words they are; null for a library, a server, a code or a recording. */
  readonly engine: Reporter | null;
  readonly facts: Facts;
  readonly times: number;
  readonly rule: string;
  readonly section: Section;
  readonly causes: readonly string[];
  readonly fixes: readonly Fix[];
  readonly others: readonly Possibility[];
  readonly seeAlso: readonly ExplanationCode[];
  /** The command that judges the request anew; null where none can. */
  readonly next: string | null;
  /** Only with `--stack`: the lines for this stack; null where none end the failure. */
  readonly snippet?: Snippet | null;
}

/** The report of what was found. */
export function explainReport(
  explained: Explained,
  { recording, stack }: { readonly recording?: ExplainReport["recording"]; readonly stack?: string | undefined },
): ExplainReport {
  const { outcome, cautions, truncated } = explained;
  return {
    outcome,
    matches: outcome === "known" ? explained.matches.map((match) => reported(match, stack)) : [],
    cautions,
    truncated,
    ...(outcome === "unknown" && { hint: explained.hint }),
    ...(recording !== undefined && { recording }),
  };
}

function reported(match: Match, stack: string | undefined): ReportedMatch {
  const { code, explanation, certainty, why, engine, facts, times, others } = match;
  const { kind, phase, title, rule, section, causes, fixes, seeAlso } = explanation;
  return {
    code,
    kind,
    phase,
    title,
    certainty,
    why,
    engine: engine ?? null,
    facts,
    times,
    rule,
    section,
    causes,
    fixes,
    others,
    seeAlso,
    next: nextCommand(explanation, facts) ?? null,
    ...(stack !== undefined && { snippet: snippets(code, facts).find((one) => one.stack === stack) ?? null }),
  };
}

/** What stands where the text did not say it; the shell would take it for a redirection if it were not replaced. */
const placeholders = { url: "URL-OF-THE-API", origin: "ORIGIN-OF-THE-PAGE" } as const;

/** The command that judges the request anew, with what is known of it; none where nothing that is asked from outside could tell. */
function nextCommand(
  { code, phase, kind }: Pick<Explanation, "code" | "phase" | "kind">,
  facts: Facts,
): string | undefined {
  if (phase === "page" || kind === "request") return undefined;
  const { url, origin, method, header, redirectedFrom } = facts;
  const asked = (redirectedFrom ?? url)?.replace(/\?\.\.\.$/, "");
  return [
    "corsmith check",
    asked === undefined ? placeholders.url : shellQuoted(asked),
    "--origin",
    origin === undefined ? placeholders.origin : shellQuoted(origin),
    ...(method === undefined || method === "GET" ? [] : ["-X", shellQuoted(method)]),
    ...(header === undefined ? [] : ["-H", shellQuoted(header)]),
    ...(code.includes("credentials") ? ["--credentials"] : []),
  ].join(" ");
}
