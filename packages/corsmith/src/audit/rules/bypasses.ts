import { allowOrigin, allowsCredentials, headerValue } from "../../live/headers.ts";
import type { Rule } from "../evidence.ts";
import type { Answered } from "../probes/probe.ts";

const inputs = ["Referer", "X-Origin", "X-Forwarded-Host"];

const otherInput: Rule = ({ all }) => {
  const seen = all("other-input").filter(takesInput);
  if (seen.length === 0) return undefined;
  const names = seen.map(
    ({ headers }) => inputs.find((name) => headerValue(headers, name) !== undefined) ?? "the query",
  );
  const message = `Access-Control-Allow-Origin was taken from ${names.join(" and ")}.`;
  return { code: "acao-from-other-input", severity: "high", message, seen };
};

function takesInput({ url, headers, answer }: Answered): boolean {
  const granted = URL.parse(allowOrigin(answer) ?? "")?.host;
  if (granted === undefined || granted === "") return false;
  const values = [...inputs.map((name) => headerValue(headers, name)), new URL(url).searchParams.get("origin")];
  return values.some((value) => value !== undefined && value !== null && (URL.parse(value)?.host ?? value) === granted);
}

const twoOrigins: Rule = ({ all }) => {
  for (const asked of all("two-origins")) {
    const granted = allowOrigin(asked.answer);
    // `origin` is the unknown one.
    if (granted === undefined || asked.origin === undefined || !granted.includes(asked.origin)) continue;
    const message = `Given an allowed and an unknown Origin in one request, the response allows ${granted}.`;
    return { code: "duplicate-origin-header", severity: "low", message, seen: [asked] };
  }
  return undefined;
};

/** Does the same resource have one policy, however its path is written? It is the same if status and body are. */
const spelledPath: Rule = ({ all, allowed: plain }) => {
  if (plain === undefined || plain.answer.bodyStart === "" || plain.answer.status > 299) return undefined;
  const { status, bodyStart } = plain.answer;
  const same = all("other-spelling").filter(({ answer }) => answer.status === status && answer.bodyStart === bodyStart);
  const other = same.find((one) => !hasSamePolicy(one, plain));
  if (other === undefined) return undefined;
  const message = `${new URL(other.url).pathname} is the same resource, and its Access-Control-Allow-Origin is ${allowOrigin(other.answer) ?? "missing"}.`;
  return { code: "path-normalisation-gap", severity: "medium", message, seen: [other, plain] };
};

function hasSamePolicy(a: Answered, b: Answered): boolean {
  return allowOrigin(a.answer) === allowOrigin(b.answer) && allowsCredentials(a.answer) === allowsCredentials(b.answer);
}

const privateNetwork: Rule = ({ first }) => {
  const asked = first("private-network");
  if (asked === undefined) return undefined;
  if (headerValue(asked.answer.headers, "access-control-allow-private-network") !== "true") return undefined;
  const message = "The preflight of an unknown origin is answered with Access-Control-Allow-Private-Network: true.";
  return { code: "legacy-private-network", severity: "low", message, seen: [asked] };
};

const timing: Rule = ({ allowed, first, target: { isPrivate } }) => {
  const asked = allowed ?? first("unknown-origin");
  if (asked === undefined || headerValue(asked.answer.headers, "timing-allow-origin") !== "*") return undefined;
  if (!allowsCredentials(asked.answer) && !isPrivate) return undefined;
  const message = "Timing-Allow-Origin is *, and the data are for some pages only.";
  return { code: "tao-wildcard", severity: "low", message, seen: [asked] };
};

/** A type that a browser runs as a script. @see https://mimesniff.spec.whatwg.org/#javascript-mime-type */
const script = /^(?:text|application)\/(?:x-)?(?:java|ecma|j)script\b/i;

const jsonp: Rule = ({ first }) => {
  const asked = first("jsonp");
  if (asked === undefined) return undefined;
  const name = new URL(asked.url).searchParams.get("callback") ?? "";
  const type = headerValue(asked.answer.headers, "content-type") ?? "";
  const body = asked.answer.bodyStart.replace(/^(?:\/\*.*?\*\/|\s|typeof \w+ === 'function' && )*/, "");
  if (!script.test(type) || !body.startsWith(`${name}(`)) return undefined;
  const message = `With ?callback=${name} the response is a script that calls it.`;
  return { code: "jsonp-bypass", severity: "medium", message, seen: [asked] };
};

const policyFile: Rule = ({ all }) => {
  const open = /\b(?:domain|uri)\s*=\s*["'](?:\*|https?:\/\/\*)["']/;
  const seen = all("policy-file").filter(({ answer }) => answer.status === 200 && open.test(answer.bodyStart));
  if (seen.length === 0) return undefined;
  const message = `${seen.map(({ url }) => new URL(url).pathname).join(" and ")} names *.`;
  return { code: "legacy-crossdomain-xml", severity: "low", message, seen };
};

const originAsKey: Rule = ({ all, first }) => {
  const without = first("without-origin");
  const known = all("known").find(({ answer }) => answer.status < 300);
  if (without === undefined || known === undefined || ![401, 403].includes(without.answer.status)) return undefined;
  const message = `With Origin: ${known.origin} the response is ${known.answer.status}, and without an Origin ${without.answer.status}.`;
  return { code: "origin-as-authorization", severity: "high", message, seen: [known, without] };
};

/** CORS does not apply to WebSockets. One that needs no cookie is open to everybody anyway. */
const websocket: Rule = ({ first, hasCookie }) => {
  const asked = first("websocket");
  if (asked === undefined || asked.answer.status !== 101) return undefined;
  const message = hasCookie
    ? "With the cookie that you gave, a WebSocket opens for an origin that the server cannot know."
    : "A WebSocket opens for an origin that the server cannot know. If it relies on cookies, that is serious; -H 'cookie: …' shows it.";
  return { code: "websocket-origin-unchecked", severity: hasCookie ? "high" : "info", message, seen: [asked] };
};

const foreignHost: Rule = ({ first }) => {
  const asked = first("foreign-host");
  const own = first("without-origin");
  if (asked === undefined || own === undefined || asked.answer.status > 299 || own.answer.status > 299)
    return undefined;
  if (asked.answer.bodyStart !== own.answer.bodyStart || allowOrigin(own.answer) === "*") return undefined;
  const message = "A Host that is not the service's own gets the same response.";
  return { code: "host-not-validated", severity: "medium", message, seen: [asked] };
};

/** Is it the Origin header, and it alone, by which a page is allowed; and what bypasses the policy, or stands beside it? */
export const bypassRules: readonly Rule[] = [
  otherInput,
  twoOrigins,
  spelledPath,
  privateNetwork,
  timing,
  jsonp,
  policyFile,
  originAsKey,
  websocket,
  foreignHost,
];
