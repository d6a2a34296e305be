import { allowOrigin, allowsCredentials, headerValue } from "../../live/headers.ts";
import { allowedAnswer, answersTo, answerTo, type Evidence, type Observation, type Rule } from "../evidence.ts";
import type { Answered } from "../probes/probe.ts";

/** What bypasses the policy, or stands beside it. */
export const bypasses: Rule = (evidence) => [
  ...privateNetwork(evidence),
  ...timing(evidence),
  ...jsonp(evidence),
  ...policyFile(evidence),
];

function privateNetwork(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "private-network");
  if (asked === undefined) return [];
  if (headerValue(asked.answer.headers, "access-control-allow-private-network") !== "true") return [];
  const message = "The preflight of an unknown origin is answered with Access-Control-Allow-Private-Network: true.";
  return [{ code: "legacy-private-network", severity: "low", message, seen: [asked] }];
}

function timing(evidence: Evidence): readonly Observation[] {
  const asked = allowedAnswer(evidence) ?? answerTo(evidence, "unknown-origin");
  if (asked === undefined || headerValue(asked.answer.headers, "timing-allow-origin") !== "*") return [];
  const isPublic = allowOrigin(asked.answer) === "*" && !allowsCredentials(asked.answer) && !evidence.target.isPrivate;
  const isOffered = allowsCredentials(asked.answer) || evidence.target.isPrivate;
  if (isPublic || !isOffered) return [];
  const message = "Timing-Allow-Origin is *, and the data are for some pages only.";
  return [{ code: "tao-wildcard", severity: "low", message, seen: [asked] }];
}

/** A type that a browser runs as a script. @see https://mimesniff.spec.whatwg.org/#javascript-mime-type */
const script = /^(?:text|application)\/(?:x-)?(?:java|ecma|j)script\b/i;

function jsonp(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "jsonp");
  if (asked === undefined) return [];
  const name = new URL(asked.url).searchParams.get("callback") ?? "";
  const type = headerValue(asked.answer.headers, "content-type") ?? "";
  const body = asked.answer.bodyStart.replace(/^(?:\/\*.*?\*\/|\s|typeof \w+ === 'function' && )*/, "");
  if (!script.test(type) || !body.startsWith(`${name}(`)) return [];
  const message = `With ?callback=${name} the answer is a script that calls it.`;
  return [{ code: "jsonp-bypass", severity: "medium", message, seen: [asked] }];
}

function policyFile(evidence: Evidence): readonly Observation[] {
  const open = answersTo(evidence, "policy-file").filter(
    ({ answer }) =>
      answer.status === 200 && /\b(?:domain|uri)\s*=\s*["'](?:\*|https?:\/\/\*)["']/.test(answer.bodyStart),
  );
  if (open.length === 0) return [];
  const message = `${open.map(({ url }) => new URL(url).pathname).join(" and ")} names *.`;
  return [{ code: "legacy-crossdomain-xml", severity: "low", message, seen: open }];
}

/** Is it the Origin header, and it alone, by which a page is allowed? */
export const otherInput: Rule = (evidence) => [...injected(evidence), ...twoOrigins(evidence)];

function injected(evidence: Evidence): readonly Observation[] {
  const allowed = answersTo(evidence, "other-input").filter(takesInput);
  const [first] = allowed;
  if (first === undefined) return [];
  const message = `Access-Control-Allow-Origin was taken from ${allowed.map(inputOf).join(" and ")}.`;
  return [{ code: "acao-from-other-input", severity: "high", message, seen: allowed }];
}

const inputs = ["Referer", "X-Origin", "X-Forwarded-Host"];

function inputOf({ headers }: Answered): string {
  return inputs.find((name) => headerValue(headers, name) !== undefined) ?? "the query";
}

function takesInput(asked: Answered): boolean {
  const granted = URL.parse(allowOrigin(asked.answer) ?? "")?.host;
  if (granted === undefined || granted === "") return false;
  const values = [
    ...inputs.map((name) => headerValue(asked.headers, name)),
    new URL(asked.url).searchParams.get("origin"),
  ];
  return values.some((value) => value !== undefined && value !== null && (URL.parse(value)?.host ?? value) === granted);
}

function twoOrigins(evidence: Evidence): readonly Observation[] {
  for (const asked of answersTo(evidence, "two-origins")) {
    const granted = allowOrigin(asked.answer);
    // `origin` is the unknown one.
    if (granted === undefined || asked.origin === undefined || !granted.includes(asked.origin)) continue;
    const message = `Of an allowed and an unknown Origin in one request, the answer allows ${granted}.`;
    return [{ code: "duplicate-origin-header", severity: "low", message, seen: [asked] }];
  }
  return [];
}

/** Does the same resource have one policy, however its path is written? It is the same if status and body are. */
export const spelledPath: Rule = (evidence) => {
  const plain = allowedAnswer(evidence);
  if (plain === undefined || plain.answer.bodyStart === "" || plain.answer.status > 299) return [];
  const other = answersTo(evidence, "other-spelling").find((one) => isSame(one, plain) && !hasSamePolicy(one, plain));
  if (other === undefined) return [];
  const message = `${new URL(other.url).pathname} is the same resource, and its Access-Control-Allow-Origin is ${allowOrigin(other.answer) ?? "missing"}.`;
  return [{ code: "path-normalisation-gap", severity: "medium", message, seen: [other, plain] }];
};

function isSame(a: Answered, b: Answered): boolean {
  return a.answer.status === b.answer.status && a.answer.bodyStart === b.answer.bodyStart;
}

function hasSamePolicy(a: Answered, b: Answered): boolean {
  return allowOrigin(a.answer) === allowOrigin(b.answer) && allowsCredentials(a.answer) === allowsCredentials(b.answer);
}

/** What is opened, or left open, by a header that anybody can write or that browsers send by themselves. */
export const trustInHeaders: Rule = (evidence) => [
  ...originAsKey(evidence),
  ...websocket(evidence),
  ...foreignHost(evidence),
];

function originAsKey(evidence: Evidence): readonly Observation[] {
  const without = answerTo(evidence, "without-origin");
  const known = answersTo(evidence, "known").find(({ answer }) => answer.status < 300);
  if (without === undefined || known === undefined || ![401, 403].includes(without.answer.status)) return [];
  const message = `With Origin: ${known.origin} the answer is ${known.answer.status}, and without an Origin ${without.answer.status}.`;
  return [{ code: "origin-as-authorization", severity: "high", message, seen: [known, without] }];
}

/** CORS does not apply to WebSockets. One that needs no cookie is open to everybody anyway. */
function websocket(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "websocket");
  if (asked === undefined || asked.answer.status !== 101) return [];
  const message = evidence.hasCookie
    ? "With the cookie that you gave, a WebSocket opens for an origin that the server cannot know."
    : "A WebSocket opens for an origin that the server cannot know. If it relies on cookies, that is serious; -H 'cookie: …' shows it.";
  return [
    { code: "websocket-origin-unchecked", severity: evidence.hasCookie ? "high" : "info", message, seen: [asked] },
  ];
}

function foreignHost(evidence: Evidence): readonly Observation[] {
  const asked = answerTo(evidence, "foreign-host");
  const own = answerTo(evidence, "without-origin");
  if (asked === undefined || own === undefined || asked.answer.status > 299 || own.answer.status > 299) return [];
  if (asked.answer.bodyStart !== own.answer.bodyStart || allowOrigin(own.answer) === "*") return [];
  const message = "A Host that is not the service's own gets the same answer.";
  return [{ code: "host-not-validated", severity: "medium", message, seen: [asked] }];
}
