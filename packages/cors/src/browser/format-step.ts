import type { PreflightReason, Step, StepName } from "./step.ts";

/** How a step is worded. */
export interface StepFormat {
  /** Leave out `Access-Control-… is` where a heading names the header already: see `titleOf`. */
  readonly omitHeader?: boolean;
}

/**
 * What a step found, in a sentence. What servers and pages wrote is in it as they wrote it: redact the trace and escape the sentence before
 * you print it.
 *
 * @example
 * ```ts
 * import { formatStep, openPage } from "@corsmith/cors/browser";
 *
 * const page = openPage({ origin: "https://app.example.com", transport: async () => ({ status: 200, headers: [] }) });
 * const { steps } = await page.trace("https://api.example.com/");
 * console.assert(steps.map((step) => formatStep(step)).at(-1) === "The response (status 200) has no Access-Control-Allow-Origin.");
 * ```
 */
export function formatStep<Name extends StepName>(step: Step<Name>, format: StepFormat = {}): string {
  const sentence: (step: Step<Name>, format: StepFormat) => string = sentences[step.step];
  return sentence(step, format);
}

/** What a step is about, in a word or two, for the heading of a row: `Allow-Origin`, `status`. */
export function titleOf({ step, facts }: Step): string {
  const title = titles[step];
  if (title !== undefined) return title;
  if ("header" in facts) return facts.header.replace("Access-Control-", "");
  return step.slice(step.indexOf("/") + 1).replaceAll("-", " ");
}

const titles: Readonly<Partial<Record<StepName, string>>> = {
  "main-fetch/tainting": "origin",
  "cors-preflight-fetch/request": "preflight",
  "http-network-fetch/answer": "response",
  "cors-preflight-cache/match": "preflight cache",
  "cors-preflight-cache/store": "preflight cache",
  "http-redirect-fetch/follow": "redirect",
};

const sentences: { readonly [Name in StepName]: (step: Step<Name>, format: StepFormat) => string } = {
  "new-request/url": ({ facts: { url }, code }) =>
    code === "invalid-url" ? `"${url}" is not a URL.` : "The URL contains a user name or a password.",
  "new-request/mode": invalidOption,
  "new-request/credentials": invalidOption,
  "new-request/cache": (step) =>
    step.code === "only-if-cached-needs-same-origin"
      ? `cache: "only-if-cached" works only with mode: "same-origin", and mode is "${step.facts.mode}".`
      : invalidOption(step),
  "new-request/redirect": invalidOption,
  "new-request/method": ({ facts: { method }, code }) => {
    if (code === "invalid-method") return `"${method}" is not an HTTP method.`;
    if (code === "forbidden-method") return `Browsers do not let a page send ${method}.`;
    return `mode: "no-cors" works only with GET, HEAD and POST, and the method is ${method}.`;
  },
  "new-request/headers": ({ facts: { name, wrong } }) =>
    wrong === "name"
      ? `"${name}" is not a header name.`
      : `The value of the header ${name} contains bytes that no header may have.`,
  "new-request/body": ({ facts: { method }, code }) =>
    code === "body-not-allowed"
      ? `A ${method} request cannot have a body.`
      : 'A streamed body needs duplex: "half" and mode "cors" or "same-origin".',
  "main-fetch/aborted": () => "The signal was aborted before the request began.",
  "main-fetch/unexpected": ({ facts }) => facts.reason,
  "main-fetch/mixed-content": ({ facts: { origin, url } }) =>
    `A page on ${origin} may not request http: URLs, and the URL is ${url}.`,
  "main-fetch/tainting": ({ facts: { tainting, origin, target, preflight } }) => {
    if (tainting === "basic")
      return `${target === "data:" ? "A data: URL" : "The page's own origin"}: no CORS is needed.`;
    return tainting === "opaque"
      ? `${target} is another origin, mode is "no-cors": the page will see nothing of the response.`
      : `${target} is not the page's origin ${origin}: CORS decides. ${formatReason(preflight)}`;
  },
  "main-fetch/mode": ({ facts: { origin, target } }) =>
    `${target} is not the page's origin ${origin}, and the page asked for mode: "same-origin".`,
  "main-fetch/redirect-mode": ({ facts }) =>
    `mode: "no-cors" works only with redirect: "follow", and redirect is "${facts.found}".`,
  "main-fetch/scheme": ({ facts }) => `CORS works only with http: and https:, and the URL begins with ${facts.scheme}`,
  "bad-port/port": ({ facts }) =>
    `Browsers refuse to connect to port ${facts.port}, which is reserved for another protocol.`,
  "scheme-fetch/data": () => "The data: URL has no comma, or its base64 is invalid.",
  "scheme-fetch/scheme": ({ facts }) => `The scheme ${facts.scheme} cannot be fetched here.`,
  "http-fetch/redirect": ({ facts }) =>
    `The response is a redirect (status ${facts.status}), and the page asked for redirect: "error".`,
  "http-network-or-cache-fetch/only-if-cached": () => "The page asked for a cached response only, and there is none.",
  "http-network-fetch/answer": ({ facts: { url, reason }, code }) =>
    code === "request-aborted" ? "The page aborted the request." : `No response came from ${url}: ${reason}`,
  "http-redirect-fetch/location": ({ facts, result }) =>
    result === "note" ? `Status ${facts.status} without Location is not a redirect.` : "Location is not one valid URL.",
  "http-redirect-fetch/scheme": ({ facts }) => `Location leads to ${facts.scheme}, which is not http: or https:.`,
  "http-redirect-fetch/count": ({ facts }) => `There were ${facts.count} redirects before this one.`,
  "http-redirect-fetch/credentials": () => "Location contains a user name or a password.",
  "http-redirect-fetch/body": () => "The body is a stream and cannot be sent a second time.",
  "http-redirect-fetch/follow": ({ facts }) => `Status ${facts.status} leads to ${facts.url}.`,
  "cors-preflight-fetch/request": ({ facts }) => `OPTIONS ${facts.url} asks for ${facts.method}.`,
  "cors-preflight-fetch/status": ({ facts: { status }, result, code }) => {
    if (result !== "failed") return `The preflight's status is ${status}.`;
    return code === "preflight-redirect"
      ? `The preflight was redirected (status ${status}), and no browser follows that.`
      : `The preflight's status is ${status} and must be from 200 to 299.`;
  },
  "cors-preflight-fetch/allow-methods": ({ facts }) => `${facts.header} is not a list of method names.`,
  "cors-preflight-fetch/allow-headers": ({ facts }) => `${facts.header} is not a list of header names.`,
  "cors-preflight-fetch/method": ({ facts: { header, method, allowed }, result }) =>
    result === "failed" ? `${method} is not in ${header}: ${list(allowed)}.` : `${method} is allowed.`,
  "cors-preflight-fetch/headers": ({ facts: { header, names, allowed }, result }) =>
    result === "failed"
      ? `The request header ${names[0]} is not in ${header}: ${list(allowed)}.`
      : `Every request header is allowed: ${list(names)}.`,
  "cors-preflight-cache/match": () => "An earlier preflight permits this request, so there is no new one.",
  "cors-preflight-cache/store": ({ facts }) => `The preflight response is kept for ${facts.seconds} seconds.`,
  "cors-check/allow-origin": (
    { facts: { header, found, lines, expected, status }, result },
    { omitHeader = false },
  ) => {
    if (found === null) return `The response (status ${status}) has no ${header}.`;
    const subject = omitHeader ? "" : `${header} is `;
    if (result === "failed") {
      return `${subject}"${found}"${lines > 1 ? ` (${lines} lines)` : ""} and must be "${expected}".`;
    }
    return found === expected
      ? `${subject}"${found}", the origin that was sent.`
      : `${subject}${found}, and no credentials are included.`;
  },
  "cors-check/allow-credentials": ({ facts: { header, found, expected }, result }, { omitHeader = false }) => {
    const subject = omitHeader ? "" : `${header} is `;
    if (result !== "failed") return `${subject}${found}.`;
    return `${subject}${found === null ? "missing" : `"${found}"`} and must be "${expected}", because credentials are included.`;
  },
  "cross-origin-resource-policy-check/policy": ({ facts: { header, found, origin, target } }) =>
    `${header} is ${found}, and ${origin} is not the ${found === "same-site" ? "same site" : "same origin"} as ${target}.`,
};

function invalidOption({ step, facts }: Step<`new-request/${"mode" | "credentials" | "cache" | "redirect"}`>): string {
  const { found, expected } = facts;
  return `${step.slice("new-request/".length)} is "${found}" and must be one of ${expected.join(", ")}.`;
}

function formatReason(preflight: PreflightReason | undefined): string {
  switch (preflight?.because) {
    case undefined:
      return "No preflight is needed.";
    case "method":
      return `The method ${preflight.method} needs a preflight.`;
    case "headers":
      return preflight.names.length === 1
        ? `The request header ${preflight.names[0]} needs a preflight.`
        : `The request headers ${preflight.names.join(", ")} need a preflight.`;
    case "streamed-body":
      return "A streamed body needs a preflight.";
    case "needed-before-redirect":
      return "The request needed a preflight before it was redirected.";
  }
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "(none)" : names.join(", ");
}
