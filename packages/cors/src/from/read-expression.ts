import { isLoopbackHost } from "../origin/host.ts";
import { expandExpression, marks } from "./expand-expression.ts";

/** What an expression in a list of origins stands for, as far as that is certain. */
export type ExpressionReading =
  /** Exactly these entries of `allowOrigins`. */
  | { readonly kind: "read"; readonly entries: readonly string[] }
  /** Part of what these entries cover: to write them would allow more than the expression did, for example `beyond`. */
  | { readonly kind: "narrower"; readonly entries: readonly string[]; readonly beyond: string | undefined }
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
  if (reading !== undefined) {
    const beyond = reading.entries.flatMap(samplesOf).find((origin) => !probe.test(origin));
    if (reading.isNarrower) return { kind: "narrower", entries: reading.entries, beyond };
    return beyond === undefined ? { kind: "read", entries: reading.entries } : { kind: "unreadable" };
  }
  const unintended = findUnintended(probe);
  if (unintended === undefined) return { kind: "unreadable" };
  return { kind: "ambiguous", entries: readClosed(escapeDots(inside))?.entries, unintended };
}

interface ClosedReading {
  readonly entries: readonly string[];
  /** Do the entries cover more than the expression? */
  readonly isNarrower: boolean;
}

function readClosed(inside: string): ClosedReading | undefined {
  const texts = expandExpression(inside);
  const entries = texts?.filter(canBeOrigin).map(toEntry) ?? [];
  if (entries.length === 0 || !entries.every((entry) => entry !== undefined)) return undefined;
  return {
    entries: [...new Set(entries.map(({ entry }) => entry))],
    isNarrower: entries.some(({ isNarrower }) => isNarrower),
  };
}

/** A text without a scheme, or with a slash at its end, is no origin: the expression may match it, but no browser sends it. */
function canBeOrigin(text: string): boolean {
  return text.includes("://") && !text.endsWith("/");
}

/** The entry of a written-out text: its marks may stand only where a pattern has its wildcards. */
function toEntry(text: string): { readonly entry: string; readonly isNarrower: boolean } | undefined {
  const shape =
    /^(https?):\/\/([a-z\d_-]*)([\uE000\uE001\uE004\uE005]?)([a-z\d_-]*)((?:\.[a-z\d_-]+)*)(?::(\d+)|([\uE002\uE003]))?$/;
  const [, scheme, before = "", mark = "", after = "", rest = "", port, anyPort] = shape.exec(text) ?? [];
  const host = toHost(before, mark, after, rest);
  if (scheme === undefined || host === undefined) return undefined;
  const end = anyPort !== undefined ? ":*" : port === undefined ? "" : `:${port}`;
  const isOneLabel = host.startsWith("*.") && (mark === marks.part || mark === marks.somePart);
  const isNarrower =
    isOneLabel || [marks.someLabels, marks.somePart, marks.somePorts].some((some) => text.includes(some));
  return { entry: `${scheme}://${host}${end}`, isNarrower };
}

/** A mark for labels has their dots in it; one for a part of a label may be a whole one, but not the only one. */
function toHost(before: string, mark: string, after: string, rest: string): string | undefined {
  const fixed = `${after}${rest}`;
  if (mark === "") return before === "" ? undefined : `${before}${fixed}`;
  if (mark === marks.labels || mark === marks.someLabels) return after === "" ? undefined : `${before}*.${fixed}`;
  return rest === "" ? undefined : `${before}*${fixed}`;
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

/** Origins that an entry covers, of every kind: several labels, underscores, digits, a port. */
function samplesOf(entry: string): readonly string[] {
  const star = /\/\/\*\./.test(entry)
    ? ["a", "a.b", "x_y", "a-1.b2", "x.y.z", "0"]
    : ["a", "x_y", "0", "a-1", "-", "_"];
  const ports = entry.endsWith(":*") ? ["", ":1", ":65535"] : [""];
  const hosts = entry.replace(/:\*$/, "");
  const names = hosts.includes("*") ? star.map((name) => hosts.replace("*", name)) : [hosts];
  return names.flatMap((name) => ports.map((port) => name + port));
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
