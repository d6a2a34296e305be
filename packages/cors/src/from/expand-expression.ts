/** Stand-ins for the parts of an expression that stand for many texts. They come from the private-use area, and in no origin. */
export const marks = {
  /** One or more labels, each with its dot. */
  labels: "\uE000",
  /** Labels of fewer characters than a label may have. */
  someLabels: "\uE001",
  /** Any port, also the default one. */
  port: "\uE002",
  /** Some ports only. */
  somePorts: "\uE003",
  /** One or more of all the characters that a label may have. */
  part: "\uE004",
  /** Some of them only, or only so many. */
  somePart: "\uE005",
} as const;

/** The maximum of texts that an expression is written out into. */
const maxTexts = 64;

/**
 * Writes the inside of an expression (without `^` and `$`) out as the finite set of texts that it stands for, with {@link marks} for
 * subdomains and ports. `undefined` if it holds anything that is not known to the letter.
 */
export function expandExpression(source: string): readonly string[] | undefined {
  if (/[\uE000-\uF8FF]/.test(source)) return undefined;
  const cursor = { text: markLabels(markPorts(source)), at: 0 };
  const texts = expandAlternatives(cursor);
  return texts !== undefined && cursor.at === cursor.text.length ? texts : undefined;
}

/** A character class, or a shorthand of one, that a label or a port is written with. */
const anyClass = String.raw`(?:\[[^\]^]*\]|\[\^\.\]|\[\^\\\.\]|\\[wd])`;
/** How often, in more than one way. */
const times = String.raw`(?:[+*]|\{\d+(?:,\d*)?\})\??`;

function markLabels(source: string): string {
  const repeated = new RegExp(String.raw`\((?:\?:)?(${anyClass}|\.)[+*]\\\.\)([+*])`, "g");
  const dotted = /(\.|\[[^\]^]*\.[^\]^]*\])[+*]\??\\\./g;
  const part = new RegExp(`(${anyClass})(${times})`, "g");
  return source
    .replace(repeated, (whole, letters: string, often: string) => {
      const coverage = coverageOf(letters);
      if (coverage === undefined) return whole;
      const mark = coverage === "all" ? marks.labels : marks.someLabels;
      return often === "*" ? `(?:${mark})?` : mark;
    })
    .replace(dotted, (whole, letters: string) => {
      const coverage = coverageOf(letters === "." ? letters : letters.replace(/\\?\./, ""));
      if (coverage === undefined) return whole;
      return coverage === "all" ? marks.labels : marks.someLabels;
    })
    .replace(part, (whole, letters: string, often: string) => {
      const coverage = coverageOf(letters);
      if (coverage === undefined) return whole;
      const mark = coverage === "all" && !often.startsWith("{") ? marks.part : marks.somePart;
      return often.startsWith("*") ? `(?:${mark})?` : mark;
    });
}

/** How many of the characters of a label a class without a dot has: a label's underscore is the one that most leave out. */
function coverageOf(letters: string): "all" | "some" | undefined {
  if (letters === "." || letters.startsWith("[^")) return "all";
  const inside = letters
    .replace(/^\[|\]$/g, "")
    .replaceAll("\\w", "a-z0-9_")
    .replaceAll("\\d", "0-9")
    .replaceAll("\\-", "-");
  const singles = inside.replace(/a-z|A-Z|0-9/g, "");
  if (/[^a-z0-9_-]/i.test(singles)) return undefined;
  const isAll = inside.includes("a-z") && inside.includes("0-9") && singles.includes("-") && singles.includes("_");
  return isAll ? "all" : "some";
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
  return /^[A-Za-z0-9:/_\uE000-\uE005-]$/.test(first) ? [first] : undefined;
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
