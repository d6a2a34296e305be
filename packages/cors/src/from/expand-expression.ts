/** Stand-ins for the parts of an expression that stand for many texts. They come from the private-use area, and in no origin. */
export const marks = {
  /** One or more labels, each with its dot. */
  labels: "\uE000",
  /** Some labels only: exactly one, or of fewer characters than a label may have. */
  someLabels: "\uE001",
  /** Any port, also the default one. */
  port: "\uE002",
  /** Some ports only. */
  somePorts: "\uE003",
} as const;

/** The most texts that an expression is written out into. */
const mostTexts = 64;

/**
 * Writes the inside of an expression (without `^` and `$`) out as the finite set of texts that it stands for, with {@link marks} for
 * subdomains and ports. `undefined` if it holds anything that is not known to the letter.
 */
export function expandExpression(source: string): readonly string[] | undefined {
  if (/[\uE000-\uF8FF]/.test(source)) return undefined;
  const cursor = { text: markPorts(markLabels(source)), at: 0 };
  const texts = readAlternatives(cursor);
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

function readAlternatives(cursor: Cursor): readonly string[] | undefined {
  const texts: string[] = [];
  for (;;) {
    const sequence = readSequence(cursor);
    if (sequence === undefined) return undefined;
    texts.push(...sequence);
    if (texts.length > mostTexts) return undefined;
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
    if (texts.length > mostTexts) return undefined;
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
  const texts = readAlternatives(cursor);
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
