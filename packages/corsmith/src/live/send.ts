import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction, Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Header, HeaderList } from "@corsmith/cors/browser";
import { headerValue, withoutHeader } from "./headers.ts";

/** One request, as it is to go out. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  /** A `Host` among them takes the place of the URL's. */
  readonly headers: HeaderList;
  readonly body?: Uint8Array;
}

/** What came back. */
export interface WireAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Every line for itself. */
  readonly headers: HeaderList;
  /** The beginning of a body that is text, for telling who wrote it. */
  readonly bodyStart: string;
  /** Why a browser would not trust the certificate, by Node's code. */
  readonly certificateProblem?: string;
}

/** How long to wait, and for whom. */
export interface WireOptions {
  readonly insecure: boolean;
  /** Until the answer begins. */
  readonly timeoutSeconds: number;
  /** Finds the address of a name, where the system is not to be asked. */
  readonly lookup?: LookupFunction;
  readonly signal?: AbortSignal;
}

const mostBodyBytes = 16_384;
/** A stream that goes on, such as one of server-sent events, is not waited for. Milliseconds. */
const bodyPatience = 500;
const textual = /^(?:text\/(?!event-stream)|application\/(?:[\w.+-]*json|[\w.+-]*xml|xhtml))/i;

/** The server took longer than the user wants to wait. */
class TimedOutError extends Error {
  override readonly name = "TimedOutError";
  readonly code = "ETIMEDOUT";
}

/**
 * Sends one request, follows nothing, keeps the lines of the head apart, and reads no more of the body than tells who wrote it.
 *
 * @throws Error of Node, or of this module, with a `code`
 */
export async function sendOnWire(request: WireRequest, options: WireOptions): Promise<WireAnswer> {
  const incoming = await receiveHead(request, options);
  const headers = pairs(incoming.rawHeaders);
  const isText = textual.test(incoming.headers["content-type"] ?? "");
  const bodyStart = isText ? await readStart(incoming) : "";
  incoming.destroy();
  const problem = certificateProblem(incoming);
  return {
    status: incoming.statusCode ?? 0,
    statusText: incoming.statusMessage ?? "",
    headers,
    bodyStart,
    ...(problem === undefined ? {} : { certificateProblem: problem }),
  };
}

function receiveHead(request: WireRequest, options: WireOptions): Promise<IncomingMessage> {
  const { url, method, body } = request;
  const host = headerValue(request.headers, "host") ?? new URL(url).host;
  const lines = ["Host", host, ...withoutHeader(request.headers, "host").flat()];
  if (body !== undefined) lines.push("Content-Length", String(body.length));
  const settings: RequestOptions = { method, headers: lines, agent: false };
  if (options.signal !== undefined) settings.signal = options.signal;
  if (options.lookup !== undefined) settings.lookup = options.lookup;
  return new Promise((resolve, reject) => {
    const outgoing = url.startsWith("https:")
      ? httpsRequest(url, { ...settings, rejectUnauthorized: !options.insecure })
      : httpRequest(url, settings);
    const timer = setTimeout(() => {
      outgoing.destroy(new TimedOutError(`no answer within ${options.timeoutSeconds} s`));
    }, options.timeoutSeconds * 1000);
    outgoing.once("response", (incoming) => {
      clearTimeout(timer);
      resolve(incoming);
    });
    // A socket that was opened is told by its head, and closed.
    outgoing.once("upgrade", (incoming: IncomingMessage, socket: Socket) => {
      clearTimeout(timer);
      resolve(incoming);
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
  const timer = setTimeout(() => incoming.destroy(), bodyPatience);
  try {
    for await (const chunk of incoming) {
      chunks.push(Buffer.from(chunk));
      length += chunks.at(-1)?.length ?? 0;
      if (length >= mostBodyBytes) break;
    }
  } catch {
    // A body that breaks off has told enough.
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).subarray(0, mostBodyBytes).toString("utf8");
}

function certificateProblem({ socket }: IncomingMessage): string | undefined {
  if (!(socket instanceof TLSSocket) || socket.authorized) return undefined;
  return codeOf(socket.authorizationError) ?? "UNTRUSTED";
}

function codeOf(error: unknown): string | undefined {
  if (typeof error === "string") return error;
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function pairs(raw: readonly string[]): readonly Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) headers.push([raw[at] ?? "", raw[at + 1] ?? ""]);
  return headers;
}
