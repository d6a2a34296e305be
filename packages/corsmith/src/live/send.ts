import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction, Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Header, HeaderList } from "@corsmith/cors/browser";
import { headerValue, withHeader, withoutHeader } from "./headers.ts";

/** One request, as it is to go out. */
export interface LiveRequest {
  readonly method: string;
  readonly url: string;
  /** A `Host` among them takes the place of the URL's. */
  readonly headers: HeaderList;
  readonly body?: Uint8Array;
}

/** What a live server answered. */
export interface LiveAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Every line for itself. */
  readonly headers: HeaderList;
  /** The beginning of a body that is text: it shows which program wrote it. */
  readonly bodyStart: string;
  /** Why a browser would not trust the certificate, by Node's code. */
  readonly certificateProblem?: string;
}

/** What became of a request: one of the two is there. */
export interface Outcome {
  readonly answer?: LiveAnswer;
  readonly error?: unknown;
}

/** How a live API is asked. */
export interface LiveOptions {
  /** Go on though the certificate is not trusted. Default false. */
  readonly insecure?: boolean;
  /** For each request, until its answer begins. Default 10. */
  readonly timeoutSeconds?: number;
  /** Finds the address of a name instead of the system. */
  readonly lookup?: LookupFunction;
  readonly signal?: AbortSignal;
}

/** For each request, until its answer begins. */
export const defaultTimeoutSeconds = 10;
const maxBodyBytes = 16_384;
/** A stream that goes on, such as one of server-sent events, is not waited for. */
const bodyTimeoutMs = 500;
const textual = /^(?:text\/(?!event-stream)|application\/(?:[\w.+-]*json|[\w.+-]*xml|xhtml))/i;

/** The server took longer than the user wants to wait. */
class TimedOutError extends Error {
  override readonly name = "TimedOutError";
  readonly code = "ETIMEDOUT";
}

/**
 * Sends one request, follows nothing, keeps the lines of the head apart, and reads no more of the body than shows who wrote it. Never
 * rejects: what kept the answer away is the outcome's `error`, an error of Node, or of this module, with a `code`.
 *
 * @param userAgent sent where the request names none
 */
export async function send(request: LiveRequest, options: LiveOptions, userAgent: string): Promise<Outcome> {
  const { headers } = request;
  const isNamed = headerValue(headers, "user-agent") !== undefined;
  const named = isNamed ? request : { ...request, headers: withHeader(headers, "User-Agent", userAgent) };
  try {
    return { answer: await toAnswer(await receiveHead(named, options)) };
  } catch (error) {
    return { error };
  }
}

async function toAnswer(incoming: IncomingMessage): Promise<LiveAnswer> {
  const isText = textual.test(incoming.headers["content-type"] ?? "");
  const bodyStart = isText ? await readStart(incoming) : "";
  incoming.destroy();
  const problem = certificateProblem(incoming);
  return {
    status: incoming.statusCode ?? 0,
    statusText: incoming.statusMessage ?? "",
    headers: pairs(incoming.rawHeaders),
    bodyStart,
    ...(problem === undefined ? {} : { certificateProblem: problem }),
  };
}

function receiveHead({ url, method, headers, body }: LiveRequest, options: LiveOptions): Promise<IncomingMessage> {
  const { insecure = false, timeoutSeconds = defaultTimeoutSeconds, lookup, signal } = options;
  const host = headerValue(headers, "host") ?? new URL(url).host;
  const lines = ["Host", host, ...withoutHeader(headers, "host").flat()];
  if (body !== undefined) lines.push("Content-Length", String(body.length));
  const settings: RequestOptions = {
    method,
    headers: lines,
    agent: false,
    ...(signal && { signal }),
    ...(lookup && { lookup }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = url.startsWith("https:")
      ? httpsRequest(url, { ...settings, rejectUnauthorized: !insecure })
      : httpRequest(url, settings);
    const timer = setTimeout(() => {
      outgoing.destroy(new TimedOutError(`no response within ${timeoutSeconds} s`));
    }, timeoutSeconds * 1000);
    const settle = (incoming: IncomingMessage): void => {
      clearTimeout(timer);
      resolve(incoming);
    };
    outgoing.once("response", settle);
    // The head of a WebSocket's answer says that it was opened; it is closed at once.
    outgoing.once("upgrade", (incoming: IncomingMessage, socket: Socket) => {
      settle(incoming);
      socket.destroy();
    });
    outgoing.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.end(body);
  });
}

async function readStart(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => incoming.destroy(), bodyTimeoutMs);
  try {
    for await (const chunk of incoming) {
      chunks.push(Buffer.from(chunk));
      length += chunks.at(-1)?.length ?? 0;
      if (length >= maxBodyBytes) break;
    }
  } catch {
    // A body that breaks off has shown enough.
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).subarray(0, maxBodyBytes).toString("utf8");
}

function certificateProblem({ socket }: IncomingMessage): string | undefined {
  if (!(socket instanceof TLSSocket) || socket.authorized) return undefined;
  const error: unknown = socket.authorizationError;
  if (typeof error === "string") return error;
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "UNTRUSTED";
}

function pairs(raw: readonly string[]): readonly Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) headers.push([raw[at] ?? "", raw[at + 1] ?? ""]);
  return headers;
}

/** How many requests of each method went out. */
export function countByMethod(log: readonly { readonly method: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { method } of log) counts[method] = (counts[method] ?? 0) + 1;
  return counts;
}
