import { explanations } from "../failures/catalogue.ts";
import type { ExplanationCode, Reporter } from "../failures/chapter.ts";
import { type Found, type MessageTemplate, messageTemplate, occurrencesOf } from "./message-template.ts";

/** A message, who writes it, and for which failures: the likeliest first. */
export interface KnownMessage {
  readonly message: string;
  readonly template: MessageTemplate;
  /** Empty for libraries and servers. */
  readonly engines: readonly Reporter[];
  readonly codes: readonly ExplanationCode[];
}

const reporters: readonly Reporter[] = ["chromium", "firefox", "webkit"];

/** Every message of the catalogue once, with all failures for which it is written. */
export const knownMessages: readonly KnownMessage[] = collect();

function collect(): readonly KnownMessage[] {
  const byMessage = new Map<string, { engines: Set<Reporter>; codes: Set<ExplanationCode> }>();
  const add = (message: string, code: ExplanationCode, engine?: Reporter): void => {
    const known = byMessage.get(message) ?? { engines: new Set<Reporter>(), codes: new Set<ExplanationCode>() };
    byMessage.set(message, known);
    known.codes.add(code);
    if (engine !== undefined) known.engines.add(engine);
  };
  for (const { code, messages, firefoxName } of explanations) {
    for (const engine of reporters) {
      for (const message of messages[engine] ?? []) add(message, code, engine);
    }
    for (const message of messages.others ?? []) add(message, code);
    if (firefoxName !== undefined && messages.firefox !== undefined) {
      // The end of the link after a message: the same in every language.
      add(`/CORS/Errors/${firefoxName}`, code, "firefox");
    }
  }
  return [...byMessage].map(([message, { engines, codes }]) => ({
    message,
    template: messageTemplate(message),
    engines: [...engines],
    codes: [...codes],
  }));
}

/** Words around a reason that say which request it is about. */
export interface Context extends Found {
  /** Is it before the reason, or after it? */
  readonly side: "before" | "after";
  readonly engine: Reporter;
}

const contexts: readonly (readonly [Context["side"], Reporter, message: string])[] = [
  ["before", "chromium", "Access to {what} at '{url}' from origin '{origin}'"],
  ["before", "chromium", "Access to {what} at {url} from origin {origin}"],
  ["before", "chromium", "Access to {what} at '{url}' (redirected from '{from}') from origin '{origin}'"],
  ["before", "chromium", "XMLHttpRequest cannot load {url}"],
  ["before", "chromium", "Failed to load {url}: "],
  ["before", "chromium", "Fetch API cannot load {url} "],
  ["before", "firefox", "disallows reading the remote resource at {url} (Reason:"],
  ["after", "webkit", "cannot load {url} due to access control checks"],
  ["before", "webkit", "Cross-origin redirection to {to} denied by Cross-Origin Resource Sharing policy:"],
  ["after", "chromium", "net::ERR_FAILED {status}"],
  ["after", "chromium", "responded with a status of {status}"],
];

const templates = contexts.map(([side, engine, message]) => ({ side, engine, template: messageTemplate(message) }));

/** All contexts of a text, in its order. */
export function findContexts(text: string, plain: string): readonly Context[] {
  return templates
    .flatMap(({ template, ...context }) =>
      occurrencesOf(template, text, plain).map((found) => ({ ...found, ...context })),
    )
    .sort((one, other) => one.start - other.start);
}
