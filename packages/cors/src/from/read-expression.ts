import { expandExpression, marks } from "./expand-expression.ts";

/** What an expression in a list of origins stands for, as far as that is certain. */
export type ExpressionReading =
  /** Exactly these entries of `allowOrigins`. */
  | { readonly kind: "read"; readonly entries: readonly string[] }
  /** Part of what these entries cover: to write them would allow more than the expression did. */
  | { readonly kind: "narrower"; readonly entries: readonly string[] }
  /** Its start or its end is open: it matches strangers. `entries` is what it would stand for if it were closed, if that is certain. */
  | {
      readonly kind: "unanchored";
      readonly entries: readonly string[] | undefined;
      readonly stranger: string | undefined;
    }
  /** A dot that stands for any character: it matches strangers too. */
  | { readonly kind: "ambiguous"; readonly entries: readonly string[] | undefined; readonly stranger: string }
  | { readonly kind: "unreadable" };

/** Expressions longer than this are not read: they would be a list of origins in disguise, or an attempt to keep us busy. */
const longestSource = 2_000;

/**
 * Reads a regular expression that was compared with `Origin`. What comes out was tried against the expression itself; what cannot be
 * read to the letter is not guessed.
 */
export function readExpression(expression: RegExp): ExpressionReading {
  // A copy: the state of a global expression must not move, nor disturb.
  const probe = new RegExp(expression.source, expression.flags.replace(/[gy]/g, ""));
  const source = expression.ignoreCase ? lowerCase(expression.source) : expression.source;
  if (source.length > longestSource) return { kind: "unreadable" };
  const parts = splitAlternatives(source);
  if (parts.length > 1) return readAlternatives(parts, probe.flags);
  const [start, inside, end] = splitAnchors(source);
  if (!start || !end) {
    return {
      kind: "unanchored",
      entries: readClosed(start ? inside : closeStart(inside))?.entries,
      stranger: findStranger(probe),
    };
  }
  const reading = readClosed(inside);
  if (reading !== undefined)
    return isConfirmed(probe, reading.entries, reading.kind) ? reading : { kind: "unreadable" };
  const stranger = findStranger(probe);
  if (stranger === undefined) return { kind: "unreadable" };
  return { kind: "ambiguous", entries: readClosed(escapeDots(inside))?.entries, stranger };
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
  if (/^(?:localhost|127\\\.)/.test(host)) return `http://${host}`;
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

/** An alternative may refer to a group of another one, and then it is none alone. */
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

/** An origin that belongs to somebody else and that the expression lets in: the shortest way to say what is wrong with it. */
function findStranger(probe: RegExp): string | undefined {
  const words = probe.source.replace(/\\([.\-/:])/g, "$1").match(/[a-z\d-]+(?:\.[a-z\d-]+)*/gi) ?? [];
  const hosts = words.map((word) => word.toLowerCase()).filter((word) => !/^(?:https?|.{0,2})$/.test(word));
  const strangers = hosts.flatMap((host) => [
    `https://${host}.evil.example`,
    `https://evil${host}`,
    `https://evil-${host}`,
    ...[...host.matchAll(/\./g)].map(({ index }) => `https://${host.slice(0, index)}x${host.slice(index + 1)}`),
    `http://${host}.evil.example`,
  ]);
  return [...strangers, "https://evil.example"].find((origin) => probe.test(origin));
}
