import type { Transport, TransportRequest, TransportResponse } from "@corsmith/cors/browser";
import { headerValue, isWithheld, withoutHeader } from "./headers.ts";
import { type LiveOptions, type Outcome, send } from "./send.ts";

/** What a request was sent for. */
export type Purpose =
  | "preflight"
  | "request"
  /** A GET in place of a method that must not be sent. */
  | "safe-probe"
  | "without-origin"
  | "other-origin"
  | "with-cookie"
  | "plain-options"
  | "preflight-with-secrets"
  | "missing-path"
  | "root-path";

type Asked = Pick<TransportRequest, "method" | "url" | "headers">;

/** A request that went out, and what became of it. */
export interface Sent extends Outcome, Asked {
  readonly purpose: Purpose;
  /** The method of the request in whose place this one went out. */
  readonly replaces?: string;
}

/** What a safe client needs to know. */
export interface SafeClientOptions extends LiveOptions {
  /** May other methods than GET, HEAD and OPTIONS go out, and bodies with them? Default false. */
  readonly send?: boolean;
  /** Is called with what is being done, in a few words. */
  readonly onProgress?: (doing: string) => void;
}

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** May a request of this method go out unasked? It changes no data. */
export function isSafeMethod(method: string): boolean {
  return safeMethods.has(method.toUpperCase());
}

/**
 * The one client that asks the server for a check. It remembers every answer, so that four engines that send the same request send it
 * once; and it is the one place that keeps unsafe methods from going out: a GET goes in their place.
 */
export class SafeClient {
  readonly #options: SafeClientOptions;
  readonly #remembered = new Map<string, Promise<Sent>>();
  /** All that went out, in order. */
  readonly log: Sent[] = [];

  constructor(options: SafeClientOptions) {
    this.#options = options;
  }

  /** For pages of the simulated browser. */
  readonly transport: Transport = async (request) =>
    toResponse(await this.#ask(request, purposeOf(request), this.#options.send === true, request.body));

  /** For a page that does what a browser would not do: nothing unsafe goes out, whatever was allowed. */
  readonly safeTransport: Transport = async (request) =>
    toResponse(await this.#ask(request, purposeOf(request), false));

  /** Sends a safe request, unless the same one was sent before. Never rejects. */
  ask(request: Asked, purpose: Purpose): Promise<Sent> {
    return this.#ask(request, purpose, false);
  }

  /** What became of this request of a trace; undefined if it was never asked. */
  recall(request: Asked): Promise<Sent> | undefined {
    return this.#remembered.get(keyOf(request));
  }

  #ask(request: Asked, purpose: Purpose, maySend: boolean, body: TransportRequest["body"] = null): Promise<Sent> {
    const key = keyOf(request);
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const isSafe = safeMethods.has(request.method);
    const asked =
      isSafe || maySend
        ? this.#send(request, purpose, body instanceof Uint8Array && !isSafe ? body : undefined)
        : this.#sendSafeProbe(request);
    this.#remembered.set(key, asked);
    return asked;
  }

  async #sendSafeProbe({ method, url, headers }: Asked): Promise<Sent> {
    const asGet = headers.filter(([name]) => !/^content-/i.test(name));
    const sent = await this.ask({ method: "GET", url, headers: asGet }, "safe-probe");
    return { ...sent, replaces: method };
  }

  async #send({ method, url, headers }: Asked, purpose: Purpose, body: Uint8Array | undefined): Promise<Sent> {
    this.#options.onProgress?.(`${method} ${new URL(url).host}`);
    const request = { method, url, headers: headers.filter(([, value]) => !isWithheld(value)) };
    const outcome = await send({ ...request, ...(body && { body }) }, this.#options, "corsmith check");
    const sent: Sent = { purpose, ...request, ...outcome };
    this.log.push(sent);
    return sent;
  }
}

function purposeOf({ method, headers }: Asked): Purpose {
  const isPreflight = method === "OPTIONS" && headerValue(headers, "access-control-request-method") !== undefined;
  return isPreflight ? "preflight" : "request";
}

function toResponse({ answer, error }: Sent): TransportResponse {
  if (answer === undefined) throw error;
  const { status, statusText, headers } = answer;
  return { status, statusText, headers };
}

/**
 * Engines differ in the order of header lines, and servers do not care. What may change data goes out once, however the engines differ.
 */
function keyOf({ method, url, headers }: Asked): string {
  if (!safeMethods.has(method)) return `${method} ${url}`;
  const lines = withoutHeader(headers, "user-agent").map(([name, value]) => `${name.toLowerCase()}: ${value}`);
  return [method, url, ...lines.toSorted()].join("\n");
}
