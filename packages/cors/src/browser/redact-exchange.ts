import type { Exchange } from "./exchange.ts";
import { redactHeaders } from "./redact-headers.ts";
import { redactUrl } from "./redact-url.ts";
import type { Step } from "./step.ts";
import type { Trace } from "./trace.ts";

/**
 * An exchange that may be printed, logged or sent on: see `redactHeaders` and `redactUrl`. What strangers wrote is still in it as they
 * wrote it; whoever prints it caps and escapes it.
 *
 * @example
 * ```ts
 * import { redactExchange } from "@corsmith/cors/browser";
 *
 * const { request } = redactExchange({
 *   kind: "actual",
 *   request: { method: "GET", url: "https://api.example/?token=abc", headers: [["Cookie", "sid=31; theme=dark"]] },
 * });
 * console.assert(request.url === "https://api.example/?token=(hidden)");
 * console.assert(request.headers[0]?.[1] === "sid=(hidden); theme=(hidden)");
 * ```
 */
export function redactExchange(exchange: Exchange): Exchange {
  const { request, response } = exchange;
  const redacted = {
    ...exchange,
    request: { ...request, url: redactUrl(request.url), headers: redactHeaders(request.headers) },
  };
  return response === undefined
    ? redacted
    : { ...redacted, response: { ...response, headers: redactHeaders(response.headers) } };
}

/**
 * A trace that may be printed, logged or sent on: its exchanges, its visible headers, and the URLs in what its steps say.
 *
 * @example
 * ```ts
 * import { openPage, redactTrace } from "@corsmith/cors/browser";
 *
 * const transport = async () => ({ status: 200, headers: [["Set-Cookie", "sid=31; Secure"]] as const });
 * const page = openPage({ origin: "https://app.example.com", transport });
 * const { exchanges } = redactTrace(await page.trace("https://api.example.com/?token=abc"));
 * console.assert(exchanges[0]?.response?.headers[0]?.[1] === "sid=(hidden); Secure");
 * ```
 */
export function redactTrace(trace: Trace): Trace {
  const steps = trace.steps.map(redactStep);
  const exchanges = trace.exchanges.map(redactExchange);
  if (trace.outcome === "error") return { ...trace, steps, exchanges };
  const { response } = trace;
  const url = redactUrl(response.url);
  return { ...trace, steps, exchanges, response: { ...response, url, headers: redactHeaders(response.headers) } };
}

function redactStep(step: Step): Step {
  return { ...step, message: step.message.replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"]+/gi, redactUrl) };
}
