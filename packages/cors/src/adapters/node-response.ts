import { corsResponseHeaderNames, isCorsResponseHeader, isExposeHeaders } from "../http/header-names.ts";
import type { HeaderValue, SeenResponse } from "../http/node-messages.ts";
import { type Answer, mergeVary } from "../respond/respond.ts";
import type { AdapterReports } from "./adapter-options.ts";
import { withExposed } from "./expose-headers.ts";

type HeaderArgument = Readonly<Record<string, HeaderValue | undefined>> | readonly HeaderValue[] | undefined;

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
}

/** Where the answer waits for the head of its response. */
const waiting: unique symbol = Symbol("corsmith.answer");

/** Sets the headers of the answer at once. */
function applyNow(response: NodeResponse, answer: Answer, reports: AdapterReports): void {
  if (answer.untouched) return;
  let { headers } = answer;
  // Engine.IO's response to a WebSocket cannot say which headers it has.
  for (const name of response.getHeaderNames?.() ?? corsResponseHeaderNames) {
    if (!isCorsResponseHeader(name)) continue;
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
  response.writeHead = function writeHeadWithCors(status: number, ...rest: readonly unknown[]) {
    response.writeHead = writeHead;
    const message = typeof rest[0] === "string" ? [rest[0]] : [];
    setAll(response, (typeof rest[0] === "string" ? rest[1] : rest[0]) as HeaderArgument);
    applyNow(response, holder[waiting] ?? answer, last);
    return writeHead.call(response, status, ...message);
  };
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
