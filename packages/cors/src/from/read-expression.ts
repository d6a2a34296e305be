import { isLoopbackHost } from "../origin/host.ts";

/** What an expression in a list of origins stands for, as far as that is certain. */
export type ExpressionReading =
  /** Exactly these entries of `allowOrigins`. */
  | { readonly kind: "read"; readonly entries: readonly string[] }
  /** Part of what these entries cover: to write them would allow more than the expression did. */
  | { readonly kind: "narrower"; readonly entries: readonly string[] }
  /** Its start or its end is open: it matches more than was meant. `entries` is what it would stand for if it were closed, if that is certain. */
  | {
      readonly kind: "unanchored";
      readonly entries: readonly string[] | undefined;
      readonly unintended: string | undefined;
    }
  /** A dot that stands for any character: it matches more than was meant. */
  | { readonly kind: "ambiguous"; readonly entries: readonly string[] | undefined; readonly unintended: string }
  | { readonly kind: "unreadable" };

/** Expressions longer than this are not read: they would be a list of origins in disguise, or an attempt to keep us busy. */
const maxSourceLength = 2_000;

/**
 * Reads a regular expression that was compared with `Origin`. What comes out was tried against the expression itself; what cannot be
 * read to the letter is not guessed.
 */
export function readExpression(expression: RegExp): ExpressionReading {
  // A copy: the state of a global expression must not move, nor disturb.
  const probe = new RegExp(expression.source, expression.flags.replace(/[gy]/g, ""));
  const source = expression.ignoreCase ? lowerCase(expression.source) : expression.source;
  if (source.length > maxSourceLength) return { kind: "unreadable" };
  const parts = splitAlternatives(source);
  if (parts.length > 1) return readAlternatives(parts, probe.flags);
  const [start, inside, end] = splitAnchors(source);
  if (!start || !end) {
    return {
      kind: "unanchored",
      entries: readClosed(start ? inside : closeStart(inside))?.entries,
      unintended: findUnintended(probe),
    };
  }
  const reading = readClosed(inside);
  if (reading !== undefined)
    return isConfirmed(probe, reading.entries, reading.kind) ? reading : { kind: "unreadable" };
  const unintended = findUnintended(probe);
  if (unintended === undefined) return { kind: "unreadable" };
  return { kind: "ambiguous", entries: readClosed(escapeDots(inside))?.entries, unintended };
}

type ClosedReading = Extract<ExpressionReading, { readonly kind: "read" | "narrower" }>;

function readClosed(inside: string): ClosedReading | undefined {
  const texts = expandExpression(inside);
  if (texts === undefined) return undefined;
  const entries = texts.filter(canBeOrigin).map(toEntry);
  if (entries.length === 0) return undefined;
  if (!entries.every((entry) => entry !== undefined)) return undefined;
  const narrower = texts.some((text) => text.includes(marks.someLabels) || text.includes(marks.somePorts));
  return { kind: narrower ? "narrower" : "read", entries: [...new Set(entries)] };
}

/** A text without a scheme, or with a slash at its end, is no origin: the expression may match it, but no browser sends it. */
function canBeOrigin(text: string): boolean {
  return text.includes("://") && !text.endsWith("/");
}

/** The entry of a written-out text: its marks may stand only where a pattern has its wildcards. */
function toEntry(text: string): string | undefined {
  const match = /^(https?):\/\/([\uE000\uE001]?)([a-z\d_-]+(?:\.[a-z\d_-]+)*)(?::(\d+)|([\uE002\uE003]))?$/.exec(text);
  if (match === null) return undefined;
  const [, scheme, labels, host, port, anyPort] = match;
  const end = anyPort !== undefined ? ":*" : port === undefined ? "" : `:${port}`;
  return `${scheme}://${labels === "" ? "" : "*."}${host}${end}`;
}

function splitAnchors(source: string): readonly [start: boolean, inside: string, end: boolean] {
  const start = source.startsWith("^");
  const end = /(?:^|[^\\])(?:\\\\)*\$$/.test(source);
  return [start, source.slice(start ? 1 : 0, end ? -1 : undefined), end];
}

/** What was probably meant by an open start: https, and the names under the host, and the host itself unless a dot stands before it. */
function closeStart(inside: string): string {
  const host = inside.replace(/^\.\*/, "");
  const literal = /^(?:[\w-]|\\\.)*/.exec(host)?.[0].replaceAll("\\", "") ?? "";
  if (isLoopbackHost(literal)) return `http://${host}`;
  return host.startsWith("\\.") ? `https://.*${host}` : `https://(.*\\.)?${host}`;
}

/** Above all groups, each alternative has anchors of its own. */
function splitAlternatives(source: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const piece of source.match(/\\.|\[(?:\\.|[^\]])*\]|[\s\S]/g) ?? []) {
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    if (piece === "|" && depth === 0) parts.push("");
    else parts.push((parts.pop() ?? "") + piece);
  }
  return parts;
}

/** All of them together, or the first that is not read to the letter. */
function readAlternatives(parts: readonly string[], flags: string): ExpressionReading {
  const expressions = parts.map((part) => compile(part, flags));
  const readings = expressions.map(
    (part): ExpressionReading => (part === undefined ? { kind: "unreadable" } : readExpression(part)),
  );
  const faulty = readings.find((reading) => reading.kind !== "read");
  if (faulty !== undefined) return faulty;
  return {
    kind: "read",
    entries: readings.flatMap((reading) => ("entries" in reading ? (reading.entries ?? []) : [])),
  };
}

/** An alternative may refer to a group of another one, and is then not an expression alone. */
function compile(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** Escapes keep their case: `\D` is not `\d`. */
function lowerCase(source: string): string {
  return source.replace(/\\.|[A-Z]/g, (part) => (part.length === 1 ? part.toLowerCase() : part));
}

/** Reads each single dot as the dot that was probably meant. */
function escapeDots(inside: string): string {
  return inside.replace(/\\.|\[[^\]]*\]|\.(?![*+?{])/g, (part) => (part === "." ? "\\." : part));
}

/** Does the expression itself agree, also where a wildcard stands for several labels or for a port? */
function isConfirmed(probe: RegExp, entries: readonly string[], kind: "read" | "narrower"): boolean {
  if (kind === "narrower") return true;
  return entries.every((entry) => {
    const hosts = entry.includes("*.")
      ? ["a.", "a-1.b2.", "x.y.z."].map((labels) => entry.replace("*.", labels))
      : [entry];
    return hosts
      .flatMap((host) => (host.endsWith(":*") ? ["", ":1", ":65535"].map((port) => host.slice(0, -2) + port) : [host]))
      .every((origin) => probe.test(origin));
  });
}

/** An origin of another site that the expression allows: the shortest way to say what is wrong with it. */
function findUnintended(probe: RegExp): string | undefined {
  const words = probe.source.replace(/\\([.\-/:])/g, "$1").match(/[a-z\d-]+(?:\.[a-z\d-]+)*/gi) ?? [];
  const hosts = words.map((word) => word.toLowerCase()).filter((word) => !/^(?:https?|.{0,2})$/.test(word));
  const candidates = hosts.flatMap((host) => [
    `https://${host}.evil.example`,
    `https://evil${host}`,
    `https://evil-${host}`,
    ...[...host.matchAll(/\./g)].map(({ index }) => `https://${host.slice(0, index)}x${host.slice(index + 1)}`),
    `http://${host}.evil.example`,
  ]);
  return [...candidates, "https://evil.example"].find((origin) => probe.test(origin));
}

/** Stand-ins for the parts of an expression that stand for many texts. They come from the private-use area, and in no origin. */
const marks = {
  /** One or more labels, each with its dot. */
  labels: "\uE000",
  /** Some labels only: exactly one, or of fewer characters than a label may have. */
  someLabels: "\uE001",
  /** Any port, also the default one. */
  port: "\uE002",
  /** Some ports only. */
  somePorts: "\uE003",
} as const;

/** The maximum of texts that an expression is written out into. */
const maxTexts = 64;

/**
 * Writes the inside of an expression (without `^` and `$`) out as the finite set of texts that it stands for, with {@link marks} for
 * subdomains and ports. `undefined` if it holds anything that is not known to the letter.
 */
function expandExpression(source: string): readonly string[] | undefined {
  if (/[\uE000-\uF8FF]/.test(source)) return undefined;
  const cursor = { text: markPorts(markLabels(source)), at: 0 };
  const texts = expandAlternatives(cursor);
  return texts !== undefined && cursor.at === cursor.text.length ? texts : undefined;
}

/** A character class, or a shorthand of one, that a label or a port is written with. */
const anyClass = String.raw`(?:\[[^\]^]*\]|\[\^\.\]|\[\^\\\.\]|\\w|\.)`;

function markLabels(source: string): string {
  const { labels, someLabels } = marks;
  const repeated = new RegExp(String.raw`\((?:\?:)?(${anyClass})[+*]\\\.\)([*+])`, "g");
  const single = new RegExp(String.raw`(${anyClass})[+*]\\\.`, "g");
  return source
    .replace(repeated, (whole, letters: string, times: string) => {
      const mark = labelMark(letters, true);
      if (mark === undefined) return whole;
      return times === "*" ? `(?:${mark})?` : mark;
    })
    .replace(single, (whole, letters: string) => {
      const mark = labelMark(letters, false);
      return mark === undefined ? whole : mark === labels && letters !== "." ? someLabels : mark;
    });
}

/** A dot stands for the dots between labels too; a class only for one label, unless it is repeated. */
function labelMark(letters: string, repeated: boolean): string | undefined {
  if (letters === "." || (repeated && letters.startsWith("[^"))) return marks.labels;
  if (letters.startsWith("[^")) return marks.someLabels;
  if (letters === "\\w") return marks.someLabels;
  const inside = letters.slice(1, -1);
  const rest = inside.replace(/a-z|A-Z|0-9|\\w|\\d|\\-|[-_]/g, "");
  if (rest !== "") return undefined;
  const full = /-$|^-|\\-|(?:a-z|0-9|\\w|\\d)-/.test(inside.replace(/a-z|0-9|A-Z/g, "\\w")) && /a-z|\\w/.test(inside);
  const digits = /0-9|\\d|\\w/.test(inside);
  return full && digits ? marks.labels : marks.someLabels;
}

function markPorts(source: string): string {
  const digits = String.raw`(?:\\d|\[0-9\])`;
  const colon = String.raw`\\?:`;
  const optional = new RegExp(String.raw`\((?:\?:)?${colon}${digits}(?:[+*]|\{1,5\})\)(?:\?|\*)`, "g");
  const some = new RegExp(String.raw`${colon}${digits}(?:[+*]|\{\d(?:,\d?)?\})`, "g");
  return source.replace(optional, marks.port).replace(some, marks.somePorts);
}

interface Cursor {
  readonly text: string;
  at: number;
}

function expandAlternatives(cursor: Cursor): readonly string[] | undefined {
  const texts: string[] = [];
  for (;;) {
    const sequence = readSequence(cursor);
    if (sequence === undefined) return undefined;
    texts.push(...sequence);
    if (texts.length > maxTexts) return undefined;
    if (cursor.text[cursor.at] !== "|") return texts;
    cursor.at += 1;
  }
}

function readSequence(cursor: Cursor): readonly string[] | undefined {
  let texts: readonly string[] = [""];
  while (cursor.at < cursor.text.length && !"|)".includes(cursor.text[cursor.at] ?? "")) {
    const atom = readAtom(cursor);
    if (atom === undefined) return undefined;
    const choices = readQuestionMark(cursor) ? ["", ...atom] : atom;
    if (choices === undefined || /[*+?{]/.test(cursor.text[cursor.at] ?? "")) return undefined;
    texts = texts.flatMap((text) => choices.map((choice) => text + choice));
    if (texts.length > maxTexts) return undefined;
  }
  return texts;
}

function readQuestionMark(cursor: Cursor): boolean {
  if (cursor.text[cursor.at] !== "?") return false;
  cursor.at += 1;
  return true;
}

/** One character, one class or one group: what it can stand for. */
function readAtom(cursor: Cursor): readonly string[] | undefined {
  const first = cursor.text[cursor.at] ?? "";
  cursor.at += 1;
  if (first === "(") return readGroup(cursor);
  if (first === "[") return readClass(cursor);
  if (first === "\\") {
    const escaped = cursor.text[cursor.at] ?? "";
    cursor.at += 1;
    return /^[./:-]$/.test(escaped) ? [escaped] : undefined;
  }
  return /^[A-Za-z0-9:/_\uE000-\uE003-]$/.test(first) ? [first] : undefined;
}

function readGroup(cursor: Cursor): readonly string[] | undefined {
  const opening = /^\?(?::|<[A-Za-z]\w*>)/.exec(cursor.text.slice(cursor.at));
  if (opening !== null) cursor.at += opening[0].length;
  const texts = expandAlternatives(cursor);
  if (cursor.text[cursor.at] !== ")") return undefined;
  cursor.at += 1;
  return texts;
}

/** A class of a few characters, each of them written out. */
function readClass(cursor: Cursor): readonly string[] | undefined {
  const end = cursor.text.indexOf("]", cursor.at);
  const inside = cursor.text.slice(cursor.at, end);
  cursor.at = end + 1;
  if (end < 0 || !/^(?:\d-\d|[a-z\d])+$/.test(inside)) return undefined;
  return inside.match(/\d-\d|[a-z\d]/g)?.flatMap((part) => {
    if (part.length === 1) return [part];
    const [from, to] = [Number(part[0]), Number(part[2])];
    return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => String(from + index));
  });
}
