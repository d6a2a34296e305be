import { type Engine, redactHeaders } from "@corsmith/cors/browser";
import { type Against, firstQuestion, type Question, type QuestionHeader } from "./question.ts";

/** Headers whose value decides whether there is a preflight, and is no secret. */
const valueCounts: ReadonlySet<string> = new Set([
  "accept",
  "accept-language",
  "content-language",
  "content-type",
  "range",
]);
const engines: readonly Engine[] = ["standard", "chromium", "firefox", "webkit"];
const sides: readonly Against[] = ["in-force", "own", "live"];

/** Characters of a policy; a longer one is left out of a link. */
const maxPolicyLength = 4_000;

/**
 * The question as the fragment of a link, which no browser sends to any server. What could be a secret is left out: user name and
 * password, query and fragment of the URL, and the value of every header but those that decide about a preflight.
 */
export function toFragment(question: Question): string {
  const { origin, url, method, headers, credentials, engine, against, policyText } = question;
  const link = new URLSearchParams({ origin, url: bareUrl(url), method });
  for (const { name, value } of headers) link.append("header", sharedHeader(name, value));
  if (credentials) link.set("credentials", "include");
  if (engine !== "standard") link.set("engine", engine);
  link.set("against", against);
  if (against === "own" && policyText.length <= maxPolicyLength) link.set("policy", policyText);
  return `#${link}`;
}

/** Reads a link; what is missing or wrong has its first value. */
export function fromFragment(fragment: string): Question | undefined {
  const link = new URLSearchParams(fragment.replace(/^#/, ""));
  if (!link.has("url") && !link.has("origin")) return undefined;
  return {
    origin: link.get("origin") ?? firstQuestion.origin,
    url: link.get("url") ?? firstQuestion.url,
    method: link.get("method") ?? "GET",
    headers: link.getAll("header").map(readHeader),
    credentials: link.get("credentials") === "include",
    engine: engines.find((engine) => engine === link.get("engine")) ?? "standard",
    against: sides.find((side) => side === link.get("against")) ?? "own",
    policyText: link.get("policy") ?? firstQuestion.policyText,
  };
}

function bareUrl(text: string): string {
  const url = URL.parse(text);
  return url === null ? "" : `${url.origin}${url.pathname}`;
}

function sharedHeader(name: string, value: string): string {
  const [shown] = redactHeaders([[name, value]]);
  return valueCounts.has(name.trim().toLowerCase()) && shown?.[1] === value ? `${name}: ${value}` : `${name}:`;
}

function readHeader(line: string): QuestionHeader {
  const at = line.indexOf(":");
  return at < 0 ? { name: line, value: "" } : { name: line.slice(0, at), value: line.slice(at + 1).trim() };
}
