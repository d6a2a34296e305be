import type { HeaderList, TransportRequest } from "../browser/index.ts";

/**
 * A platform `Request` that says what goes out on the wire. A page's `Request` may forbid `Origin`, `Cookie`, `Host` and others, and
 * write methods otherwise (Node's forbids nothing, that of a browser or of a simulated DOM does): a server's forbids nothing, so where the
 * platform's own came out wrong, the right values are laid over it, also over its clones.
 *
 * `Host` and `Content-Length` are there, as a server sees them. Lines of one name are one, as in every `Headers`.
 *
 * @see https://fetch.spec.whatwg.org/#headers-guard
 */
export function platformRequest(sent: TransportRequest): Request {
  const lines = wireHeaders(sent);
  const { method, url, body, signal } = sent;
  const isStream = body instanceof ReadableStream;
  const init: RequestInit & { duplex?: "half" } = {
    method,
    headers: lines.map(([name, value]): [string, string] => [name, value]),
    // A server hands a redirect on, and follows none.
    redirect: "manual",
    ...(body === null ? {} : { body }),
    ...(isStream ? { duplex: "half" } : {}),
    ...(signal === undefined ? {} : { signal }),
  };
  const request = new Request(url, init);
  const headers = bareHeaders(lines);
  return request.method === method && sameHeaders(request.headers, headers) ? request : lay(request, method, headers);
}

/** The lines that the transport adds, as the one of Node does. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6 */
function wireHeaders({ url, method, headers, body }: TransportRequest): HeaderList {
  const lines: HeaderList = [["Host", new URL(url).host], ...headers];
  if (body instanceof Uint8Array) return [...lines, ["Content-Length", String(body.length)]];
  const saysNone = body === null && (method === "POST" || method === "PUT");
  return saysNone ? [...lines, ["Content-Length", "0"]] : lines;
}

/** A `Headers` without a guard takes every name. */
function bareHeaders(lines: HeaderList): Headers {
  const headers = new Headers();
  for (const [name, value] of lines) headers.append(name, value);
  return headers;
}

function sameHeaders(made: Headers, wanted: Headers): boolean {
  const names = [...wanted.keys()];
  return names.every((name) => made.get(name) === wanted.get(name)) && [...made.keys()].length === names.length;
}

function lay(request: Request, method: string, headers: Headers): Request {
  const clone = request.clone.bind(request);
  return Object.defineProperties(request, {
    method: { value: method },
    headers: { value: headers },
    clone: { value: () => lay(clone(), method, new Headers(headers)) },
  });
}
