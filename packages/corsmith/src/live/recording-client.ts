import type { HeaderList, Transport, TransportRequest, TransportResponse } from "@corsmith/cors/browser";
import { headerValue, isWithheld, withHeader, withoutHeader } from "./headers.ts";
import { sendOnWire, type WireAnswer, type WireOptions } from "./send.ts";

/** What a request was sent for. */
export type Purpose =
  | "preflight"
  | "request"
  /** A GET in place of a method that must not be sent. */
  | "look"
  | "without-origin"
  | "other-origin"
  | "with-cookie"
  | "plain-options"
  | "preflight-with-secrets"
  | "missing-path"
  | "root-path";

/** A request that went out, and what became of it. */
export interface Sent {
  readonly purpose: Purpose;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  /** One of the two is there. */
  readonly answer?: WireAnswer;
  readonly error?: unknown;
  /** The method of the request in whose place this one went out. */
  readonly insteadOf?: string;
}

/** What a line needs to know. */
export interface LineOptions extends WireOptions {
  /** May other methods than GET, HEAD and OPTIONS go out, and bodies with them? */
  readonly send: boolean;
  readonly onProgress?: (doing: string) => void;
}

type Asked = Pick<TransportRequest, "method" | "url" | "headers">;

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
const userAgent = "corsmith check";

/**
 * The one line to the server. It remembers every answer, so that four engines that send the same request send it once; and it is the one
 * place that keeps unsafe methods from going out: a GET goes in their place.
 */
export class Line {
  readonly #options: LineOptions;
  readonly #remembered = new Map<string, Promise<Sent>>();
  readonly #log: Sent[] = [];

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** All that went out, in order. */
  get log(): readonly Sent[] {
    return this.#log;
  }

  /** For pages of the simulated browser. */
  readonly transport: Transport = async (request): Promise<TransportResponse> => {
    return toResponse(await this.#ask(request, purposeOf(request), this.#options.send, request.body));
  };

  /** For a page that does what a browser would not do: nothing unsafe goes out, whatever was allowed. */
  readonly lookingTransport: Transport = async (request): Promise<TransportResponse> => {
    return toResponse(await this.#ask(request, purposeOf(request), false));
  };

  /** Sends a safe request, unless the same one was sent before. Never rejects. */
  ask(request: Asked, purpose: Purpose): Promise<Sent> {
    return this.#ask(request, purpose, false);
  }

  #ask(request: Asked, purpose: Purpose, maySend: boolean, body: TransportRequest["body"] = null): Promise<Sent> {
    const key = keyOf(request);
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const isSafe = safeMethods.has(request.method);
    const asked =
      isSafe || maySend
        ? this.#send(request, purpose, body instanceof Uint8Array && !isSafe ? body : undefined)
        : this.#look(request);
    this.#remembered.set(key, asked);
    return asked;
  }

  /** What became of this request of a trace; undefined if it was never asked. */
  recall(request: Asked): Promise<Sent> | undefined {
    return this.#remembered.get(keyOf(request));
  }

  async #look({ method, url, headers }: Asked): Promise<Sent> {
    const asGet = headers.filter(([name]) => !/^content-/i.test(name));
    const sent = await this.ask({ method: "GET", url, headers: asGet }, "look");
    return { ...sent, insteadOf: method };
  }

  async #send({ method, url, headers }: Asked, purpose: Purpose, body: Uint8Array | undefined): Promise<Sent> {
    this.#options.onProgress?.(`${method} ${new URL(url).host}`);
    const shown = headers.filter(([, value]) => !isWithheld(value));
    const named = headerValue(shown, "user-agent") === undefined ? withHeader(shown, "User-Agent", userAgent) : shown;
    const request = { method, url, headers: named };
    const sent: Sent = { purpose, ...request, ...(await this.#exchange({ ...request, ...(body && { body }) })) };
    this.#log.push(sent);
    return sent;
  }

  async #exchange(request: Parameters<typeof sendOnWire>[0]): Promise<Pick<Sent, "answer" | "error">> {
    try {
      return { answer: await sendOnWire(request, this.#options) };
    } catch (error) {
      return { error };
    }
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
