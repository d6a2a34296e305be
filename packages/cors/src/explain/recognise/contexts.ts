import type { Reporter } from "./known-messages.ts";
import { type Found, findMessage, type MessageTemplate, messageTemplate } from "./message-template.ts";

/** Words around a reason that say which request it is about. */
export interface Context extends Found {
  /** Does it stand before the reason, or behind it? */
  readonly side: "before" | "behind";
  readonly engine: Reporter;
}

interface KnownContext {
  readonly side: Context["side"];
  readonly engine: Reporter;
  readonly template: MessageTemplate;
}

const known: readonly KnownContext[] = [
  row("before", "chromium", "Access to {what} at '{url}' from origin '{origin}' has been blocked by CORS policy:"),
  row(
    "before",
    "chromium",
    "Access to {what} at '{url}' (redirected from '{from}') from origin '{origin}' has been blocked by CORS policy:",
  ),
  row("before", "chromium", "XMLHttpRequest cannot load {url}"),
  row("before", "chromium", "Failed to load {url}: "),
  row("before", "chromium", "Fetch API cannot load {url} "),
  row("before", "firefox", "disallows reading the remote resource at {url} (Reason:"),
  row("behind", "webkit", "cannot load {url} due to access control checks"),
  row("before", "webkit", "Cross-origin redirection to {to} denied by Cross-Origin Resource Sharing policy:"),
  row("behind", "chromium", "net::ERR_FAILED {status}"),
  row("behind", "chromium", "responded with a status of {status}"),
];

function row(side: Context["side"], engine: Reporter, message: string): KnownContext {
  return { side, engine, template: messageTemplate(message) };
}

/** All contexts of a text, in its order. */
export function findContexts(text: string, plain: string): readonly Context[] {
  return known
    .flatMap(({ side, engine, template }) =>
      findMessage(template, text, plain).map((found) => ({ ...found, side, engine })),
    )
    .sort((one, other) => one.start - other.start);
}
