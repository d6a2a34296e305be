import type { Header } from "./header-list.ts";
import { type FilteredResponse, isNullBodyStatus, type ResponseBody } from "./response.ts";

/**
 * A platform `Response` that says of itself what a browser's would. The platform's constructor makes neither opaque responses nor a
 * `type`, so those are laid over it, also over its clones.
 *
 * @see https://fetch.spec.whatwg.org/#response-class
 */
export function scriptResponse(response: FilteredResponse, headers: readonly Header[]): Response {
  const { status, statusText } = response;
  const constructible = status >= 200 && status <= 599;
  const body = isNullBodyStatus(status) ? null : bytesOf(response.body);
  const init = { headers: headers.map(([name, value]): [string, string] => [name, value]) };
  const made = new Response(body, constructible ? { ...init, status, statusText } : init);
  return lay(made, response);
}

/** A text would give the response a type that the server did not send. */
function bytesOf(body: ResponseBody): Exclude<ResponseBody, string> {
  return typeof body === "string" ? new TextEncoder().encode(body) : body;
}

function lay(made: Response, response: FilteredResponse): Response {
  const { type, status, statusText, url, redirected } = response;
  const clone = made.clone.bind(made);
  return Object.defineProperties(made, {
    type: { value: type },
    status: { value: status },
    statusText: { value: statusText },
    ok: { value: status >= 200 && status <= 299 },
    url: { value: url },
    redirected: { value: redirected },
    clone: { value: () => lay(clone(), response) },
  });
}
