import {
  type Explained,
  type Explanation,
  explanationOf,
  type Facts,
  type Match,
  type Reporter,
  type Snippet,
  snippets,
} from "@corsmith/cors/explain";
import { shellQuoted } from "../../live/curl-line.ts";
import { labelled, type Style, wrapText } from "../../terminal/wrap-text.ts";

/** One failure with its explanation, as `--json` prints it. */
export type ReportedMatch = Omit<Match, "explanation" | "message" | "engine"> &
  Pick<Explanation, "kind" | "phase" | "title" | "rule" | "section" | "causes" | "fixes" | "seeAlso"> & {
    /** The browser whose words they are; null for a library, a server, a code or a recording. */
    readonly engine: Reporter | null;
    /** The command that checks the request; null if none can. */
    readonly next: string | null;
    /** Only with `--stack`: the lines for this stack; null if none end the failure. */
    readonly snippet?: Snippet | null;
  };

/** What `--json` prints. The keys are stable: others may be added, none changes its meaning. */
export interface ExplainReport {
  readonly outcome: Explained["outcome"];
  /** Best first; empty if nothing is known. */
  readonly matches: readonly ReportedMatch[];
  /** What the text suggests and should not be done. */
  readonly cautions: Explained["cautions"];
  /** Was the text longer than the limit? */
  readonly truncated: boolean;
  /** What to paste instead; only if nothing is known. */
  readonly hint?: string;
  /** Only for a recording: how many requests to other origins it holds, and how many of them failed. */
  readonly recording?: { readonly requests: number; readonly failed: number };
}

/** The report of what was found. */
export function explainReport(
  explained: Explained,
  recording: ExplainReport["recording"],
  stack: string | undefined,
): ExplainReport {
  const { outcome, cautions, truncated } = explained;
  return {
    outcome,
    matches: outcome === "known" ? explained.matches.map((match) => reported(match, stack)) : [],
    cautions,
    truncated,
    ...(outcome === "unknown" && { hint: explained.hint }),
    ...(recording && { recording }),
  };
}

function reported(match: Match, stack: string | undefined): ReportedMatch {
  const { code, explanation, certainty, why, engine = null, facts, times, others } = match;
  const { kind, phase, title, rule, section, causes, fixes, seeAlso } = explanation;
  const common = { code, kind, phase, title, certainty, why, engine, facts, times, rule, section, causes, fixes };
  const next = nextCommand(explanation, facts) ?? null;
  const snippet = stack === undefined ? {} : { snippet: snippetOf(match, stack) ?? null };
  return { ...common, others, seeAlso, next, ...snippet };
}

/** The lines for a stack that end this failure. */
export function snippetOf({ code, facts }: Match, stack: string): Snippet | undefined {
  return snippets(code, facts).find((one) => one.stack === stack);
}

/** The command that checks the request, with what is known of it; none if nothing that is sent from outside could tell. */
function nextCommand({ code, phase, kind }: Explanation, facts: Facts): string | undefined {
  if (phase === "page" || kind === "request") return undefined;
  const { url, origin, method, header, redirectedFrom } = facts;
  const asked = (redirectedFrom ?? url)?.replace(/\?\.\.\.$/, "");
  // The shell would take a place in angle brackets for a redirection.
  return [
    "corsmith check",
    asked === undefined ? "URL-OF-THE-API" : shellQuoted(asked),
    origin === undefined ? "--origin ORIGIN-OF-THE-PAGE" : `--origin ${shellQuoted(origin)}`,
    ...(method === undefined || method === "GET" ? [] : [`-X ${shellQuoted(method)}`]),
    ...(header === undefined ? [] : [`-H ${shellQuoted(header)}`]),
    ...(code.includes("credentials") ? ["--credentials"] : []),
  ].join(" ");
}

const labelWidth = 11;
/** `--json` has them all. */
const maxShown = 8;
const names: Readonly<Record<Reporter, string>> = { chromium: "Chrome", firefox: "Firefox", webkit: "Safari" };

/** What was found, for people: what it is, which browser said so, the rule, the causes, who can fix it, and what to run next. */
export function formatExplained(matches: readonly Match[], cautions: Explained["cautions"], style: Style): string {
  const more = matches.length - maxShown;
  return [
    ...matches.slice(0, maxShown).map((match) => formatMatch(match, style)),
    ...(more > 0 ? [style.colors.dim(`${more} more failures; --json lists them all.`)] : []),
    ...(cautions.length > 0 ? [formatCautions(cautions, style)] : []),
  ].join("\n\n");
}

/** Advice in the text that makes it worse, and why. */
export function formatCautions(cautions: Explained["cautions"], style: Style): string {
  return cautions.flatMap(({ why }) => row("Do not", why, style, { color: style.colors.yellow })).join("\n");
}

function formatMatch(match: Match, style: Style): string {
  const { explanation, facts, certainty, why, times } = match;
  const { colors, width } = style;
  const { code, title, rule, section, causes, fixes } = explanation;
  const next = nextCommand(explanation, facts);
  return [
    colors.bold(colors.red(code)),
    ...wrapText(title, width).map((line) => colors.bold(line)),
    ...(certainty === "said" ? [] : row("Probably", `this: ${why}`, style)),
    ...(times > 1 ? row("Seen", `${times} times`, style) : []),
    "",
    ...row("Request", requestOf(facts), style),
    ...row("Browser", reportedBy(match), style),
    "",
    ...row("Rule", rule, style),
    ...row("", `${section.name}: ${section.url}`, { ...style, width: Math.max(width, 200) }, { color: colors.dim }),
    "",
    ...causes.flatMap((cause, index) => row(index === 0 ? "Could be" : "", cause, style, { lead: `${index + 1}. ` })),
    "",
    ...fixes.flatMap(({ who, what }, index) =>
      row(index === 0 ? "Fix" : "", what, style, { lead: `${who}: `.padEnd(8), color: colors.green }),
    ),
    "",
    ...expected(match, style),
    "",
    ...row("Or", othersOf(match), style),
    "",
    ...linesCommand(match, style),
    "",
    ...(next === undefined ? [] : [command("Next", next, style)]),
  ]
    .filter((line, index, all) => line !== "" || (all[index - 1] ?? "") !== "")
    .join("\n")
    .trimEnd();
}

function requestOf({ method, url, origin, redirectedFrom, redirectedTo, status, header, value }: Facts): string {
  const to = redirectedTo ?? (redirectedFrom === undefined ? undefined : url);
  return [
    [method, redirectedFrom ?? url].filter((word) => word !== undefined).join(" "),
    to && `redirected to ${to}`,
    origin && `from a page of ${origin}`,
    header && `with the header ${header}`,
    value && `the response said: ${value}`,
    status && `answered with ${status}`,
  ]
    .filter((part) => part !== undefined && part !== "")
    .join("\n");
}

/** Which browser reported it, and in which words the others do. */
function reportedBy({ engine, explanation: { firefoxName, messages }, message }: Match): string {
  const others = (Object.keys(names) as Reporter[]).flatMap((name) => {
    const words = messages[name]?.[0];
    if (name === engine || words === undefined || words === message) return [];
    const short = words.replace(/^Response to preflight request doesn't pass access control check: /, "");
    const quoted = `“${short.replaceAll(/\{\w+\}/g, "…")}”`;
    return [`in ${names[name]}: ${name === "firefox" ? (firefoxName ?? quoted) : quoted}`];
  });
  return [...(engine === undefined ? [] : [names[engine]]), ...others].join("\n");
}

function othersOf({ others }: Match): string {
  if (others.length === 0) return "";
  const shown = others.slice(0, 4).map(({ code, why, certainty }) => {
    const because = certainty === "possible" && !why.startsWith("it is reported by") ? `, ${why}` : "";
    return `${code}: ${explanationOf(code).title}${because}`;
  });
  const more = others.length > 4 ? [`and ${others.length - 4} more: --json lists them`] : [];
  return ["the same words can mean", ...shown, ...more].join("\n");
}

/** The response that would pass, with the user's own origin, method and header. */
function expected(match: Match, style: Style): readonly string[] {
  const note = match.facts.origin === undefined ? style.colors.dim("  (for example: your page's own origin)") : "";
  const lines = snippetOf(match, "http")?.code.split("\n") ?? [];
  if (lines.length === 0) return [];
  return [
    ...lines.map((line, index) =>
      command(index === 0 ? "Respond" : "", line.startsWith("Access-Control-Allow-Origin") ? line + note : line, style),
    ),
  ];
}

/** The command that prints the lines to write. */
function linesCommand({ code, facts }: Match, style: Style): readonly string[] {
  const stacks = snippets(code, facts).flatMap(({ stack }) => (stack === "http" ? [] : [stack]));
  const stack = stacks.includes("nginx") ? "nginx" : stacks[0];
  if (stack === undefined) return [];
  const flags = (["origin", "method", "header"] as const).flatMap((name) => {
    const fact = facts[name];
    return fact === undefined ? [] : [`--${name} ${shellQuoted(fact)}`];
  });
  const more = stacks.filter((other) => other !== stack);
  const also = more.length === 0 ? "" : `also for ${more.join(", ")}`;
  return [
    command("Config", [`corsmith explain ${code} --stack ${stack}`, ...flags].join(" "), style),
    ...row("", also, style, { color: style.colors.dim }),
  ];
}

/** Commands stay on one line, however long: they are there to be copied. */
function command(label: string, text: string, { colors }: Style): string {
  return `${colors.dim(label.padEnd(labelWidth))} ${text}`;
}

function row(
  label: string,
  text: string,
  style: Style,
  options: Parameters<typeof labelled>[3] = {},
): readonly string[] {
  return text === "" ? [] : labelled(`${label.padEnd(labelWidth)} `, text, style, options);
}
