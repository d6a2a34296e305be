import { corsResponseHeaderNames, isCorsResponseHeader, isExposeHeaders } from "../http/header-names.ts";
import { type HeaderValue, type SeenResponse, writtenWhole } from "../http/node-messages.ts";
import { type Answer, mergeVary } from "../respond/respond.ts";
import type { AdapterReports } from "./adapter-options.ts";
import { withExposed } from "./expose-headers.ts";

type HeaderRecord = Readonly<Record<string, HeaderValue | undefined>>;
type HeaderArgument = HeaderRecord | readonly HeaderValue[] | undefined;

/** The part of a Node response that the adapter uses. HTTP/1 and HTTP/2 responses have it; some hosts have only a part of it. */
export interface NodeResponse extends SeenResponse {
  statusCode: number;
  getHeaderNames?(): string[];
  setHeader(name: string, value: string | readonly string[]): unknown;
  removeHeader(name: string): void;
  // biome-ignore lint/suspicious/noExplicitAny: writeHead is overloaded, differently in HTTP/1 and HTTP/2
  writeHead: (...args: any[]) => any;
  end(): unknown;
  end(body: string): unknown;
  destroy?(): unknown;
  [writtenWhole]?: true;
}

/** Where the answer waits for the head of its response. */
const waiting: unique symbol = Symbol("corsmith.answer");

/** Sets the headers of the answer at once. */
function applyNow(response: NodeResponse, answer: Answer, reports: AdapterReports): void {
  if (answer.untouched) return;
  let { headers } = answer;
  // Asked for one by one: a list of all that are there costs more, and Engine.IO's response to a WebSocket has none.
  for (const name of corsResponseHeaderNames) {
    const value = response.getHeader(name);
    if (value === undefined) continue;
    if (isExposeHeaders(name)) headers = withExposed(answer, textOf(value), reports);
    else reports.onConflict(name, String(value));
    response.removeHeader(name);
  }
  for (const [name, value] of headers) response.setHeader(name, value);
  if (answer.vary === undefined) return;
  const vary = response.getHeader("Vary");
  response.setHeader("Vary", mergeVary(vary === undefined ? undefined : textOf(vary), answer.vary));
}

function textOf(value: HeaderValue): string | readonly string[] {
  return typeof value === "number" ? String(value) : value;
}

/** Answers at once, without the application. */
export function answerAtOnce(response: NodeResponse, status: number, answer: Answer, reports: AdapterReports): void {
  applyNow(response, answer, reports);
  response.statusCode = status;
  const { body } = answer;
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader("Content-Type", body.type);
  // HTTP/2 does not count by itself.
  response.setHeader("Content-Length", String(body.text.length));
  response.end(body.text);
}

/**
 * Sets the headers of the answer when the head is written, and not before: error handlers of frameworks clear what was set until then.
 * If an adapter is already there, a second one only replaces its answer: the inner policy is the more specific one, and no value can
 * stand twice.
 */
export function applyWhenHeadIsWritten(response: NodeResponse, answer: Answer, reports: AdapterReports): void {
  const holder = response as NodeResponse & { [waiting]?: Answer };
  const stacked = holder[waiting] !== undefined;
  if (answer.untouched && !stacked) return;
  holder[waiting] = answer;
  if (stacked) reports.onStacked();
  let last = reports;
  if (isMock(response)) {
    applyNow(response, answer, stacked ? unreported(reports) : reports);
    last = unreported(reports);
  }
  if (stacked) return;
  const writeHead = response.writeHead;
  // What somebody else put there comes after ours, and expects to find the headers on the response.
  const isNodes = !Object.hasOwn(response, "writeHead");
  response.writeHead = function writeHeadWithCors(status: number, ...rest: readonly unknown[]) {
    response.writeHead = writeHead;
    const message = typeof rest[0] === "string" ? [rest[0]] : [];
    const given = (typeof rest[0] === "string" ? rest[1] : rest[0]) as HeaderArgument;
    const current = holder[waiting] ?? answer;
    if (isNodes && !current.untouched && isRecord(given) && response.getHeaderNames?.().length === 0) {
      response[writtenWhole] = true;
      return writeHead.call(response, status, ...message, listWithAnswer(given, current, last));
    }
    setAll(response, given);
    applyNow(response, current, last);
    return writeHead.call(response, status, ...message);
  };
}

function isRecord(given: HeaderArgument): given is HeaderRecord {
  return given !== undefined && given !== null && !Array.isArray(given);
}

/**
 * The headers that a host gives to `writeHead`, with those of the answer, as names and values in turn: where the response has no others,
 * Node writes such a list as it is, and that is the quickest way that it has.
 */
function listWithAnswer(given: HeaderRecord, answer: Answer, reports: AdapterReports): HeaderValue[] {
  const list: HeaderValue[] = [];
  let { headers } = answer;
  let vary: HeaderValue | undefined;
  for (const name of Object.keys(given)) {
    const value = given[name];
    if (value === undefined) continue;
    if (name.length === 4 && name.toLowerCase() === "vary") vary = value;
    else if (!isCorsResponseHeader(name)) list.push(name, value);
    else if (isExposeHeaders(name)) headers = withExposed(answer, textOf(value), reports);
    else reports.onConflict(name, String(value));
  }
  for (const [name, value] of headers) list.push(name, value);
  const members = vary === undefined ? undefined : textOf(vary);
  if (answer.vary !== undefined) list.push("Vary", mergeVary(members, answer.vary));
  else if (members !== undefined) list.push("Vary", members);
  return list;
}

/**
 * Every response of Node's has this, in all versions of HTTP. A mock ends without `writeHead`, and the test looks at its headers as soon
 * as the middleware has called `next`: there they stand at once.
 */
function isMock(response: NodeResponse): boolean {
  return !("_header" in response);
}

/** What stands there by now are the headers of the policy itself. */
function unreported(reports: AdapterReports): AdapterReports {
  return { ...reports, onConflict: () => {} };
}

/** Headers given to `writeHead` go the way of all others, so that what is ours can replace them. */
function setAll(response: NodeResponse, headers: HeaderArgument): void {
  if (!Array.isArray(headers)) {
    for (const [name, value] of Object.entries(headers ?? {})) setOne(response, name, value);
    return;
  }
  const lines: readonly unknown[] = headers;
  const pairs = Array.isArray(lines[0]) ? (lines as readonly [string, HeaderValue][]) : toPairs(lines);
  // A raw list may name a header several times; the first line replaces what was set before, the others join it.
  const seen = new Map<string, HeaderValue>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const before = seen.get(key);
    const joined = before === undefined ? value : [before, value].flat().map(String);
    seen.set(key, joined);
    setOne(response, name, joined);
  }
}

function toPairs(lines: readonly unknown[]): readonly (readonly [string, HeaderValue])[] {
  return Array.from({ length: Math.floor(lines.length / 2) }, (_, index) => [
    String(lines[2 * index]),
    lines[2 * index + 1] as HeaderValue,
  ]);
}

function setOne(response: NodeResponse, name: string, value: HeaderValue | undefined): void {
  if (value !== undefined) response.setHeader(name, typeof value === "number" ? String(value) : value);
}
