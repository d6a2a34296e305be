import type { Header } from "../header-list.ts";
import { type TransportRequest, type TransportResponse, wireHeaders } from "./transport.ts";

/** The parts of `node:http` that are used, so that the library needs no types of Node. */
interface NodeHttp {
  request(url: string, options: object, onResponse: (response: NodeIncoming) => void): NodeOutgoing;
}

interface NodeIncoming {
  readonly statusCode?: number;
  readonly statusMessage?: string;
  readonly rawHeaders: readonly string[];
}

interface NodeOutgoing {
  method: string;
  useChunkedEncodingByDefault: boolean;
  appendHeader(name: string, value: string): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  end(body?: Uint8Array): unknown;
}

interface NodeStream {
  readonly Readable: { toWeb(stream: NodeIncoming): ReadableStream<Uint8Array<ArrayBuffer>> };
}

/**
 * Sends a request with `node:http` or `node:https`, which are loaded when the first request goes out. Header lines are kept as they
 * came; 101 answers and proxies are not supported. A streamed body is collected first.
 *
 * @throws {Error} of Node with a `code` such as `ECONNREFUSED`
 *
 * @example
 * ```ts
 * import { nodeTransport, openPage, type Transport } from "@corsmith/cors/browser";
 *
 * // One that records what goes out.
 * const sent: string[] = [];
 * const transport: Transport = (request) => {
 *   sent.push(`${request.method} ${request.url}`);
 *   return nodeTransport(request);
 * };
 * const trace = await openPage({ origin: "http://localhost:5173", transport }).trace("http://127.0.0.1:2/");
 * console.assert(trace.outcome === "error" && trace.code === "server-down");
 * console.assert(sent[0] === "GET http://127.0.0.1:2/");
 * ```
 */
export async function nodeTransport(request: TransportRequest): Promise<TransportResponse> {
  const { Readable }: NodeStream = await load("node:stream");
  const http: NodeHttp = await load(request.url.startsWith("https:") ? "node:https" : "node:http");
  const isStream = request.body instanceof ReadableStream;
  const body = isStream ? new Uint8Array(await new Response(request.body).arrayBuffer()) : request.body;
  const incoming = await exchange(http, { ...request, body });
  const { statusCode = 0, statusMessage = "", rawHeaders } = incoming;
  return { status: statusCode, statusText: statusMessage, headers: pairs(rawHeaders), body: Readable.toWeb(incoming) };
}

interface ProcessLike<Module> {
  readonly getBuiltinModule?: (name: string) => Module | undefined;
}

/**
 * Nothing that bundlers follow: the module runs in browsers too, as long as this transport is not used. It is asked for first, since
 * Jest in its default form cannot `import()`.
 */
async function load<Module>(specifier: string): Promise<Module> {
  const { process } = globalThis as { readonly process?: ProcessLike<Module> };
  return process?.getBuiltinModule?.(specifier) ?? import(specifier);
}

function exchange(http: NodeHttp, request: TransportRequest): Promise<NodeIncoming> {
  const { url, method, body, signal } = request;
  const options = { method, setHost: false, ...(signal && { signal }) };
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, options, resolve);
    // Node writes every method in capitals, and sends in chunks where it knows no better. A browser does neither.
    outgoing.method = method;
    outgoing.useChunkedEncodingByDefault = false;
    for (const [name, value] of wireHeaders(request)) outgoing.appendHeader(name, value);
    outgoing.on("error", reject);
    if (body instanceof Uint8Array) outgoing.end(body);
    else outgoing.end();
  });
}

function pairs(rawHeaders: readonly string[]): readonly Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.push([rawHeaders[at] ?? "", rawHeaders[at + 1] ?? ""]);
  return headers;
}
