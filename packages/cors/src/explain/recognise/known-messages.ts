import type { Engine } from "../../browser/behaviour.ts";
import type { ExplanationCode } from "../explanation-code.ts";
import { explanations } from "../explanations.ts";
import { type MessageTemplate, messageTemplate } from "./message-template.ts";

/** An engine that prints messages. */
export type Reporter = Exclude<Engine, "standard">;

/** A message, who writes it, and for which failures: the likeliest first. */
export interface KnownMessage {
  readonly message: string;
  readonly template: MessageTemplate;
  /** None for libraries and servers. */
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
    if (firefoxName !== undefined && messages.firefox !== undefined) add(linkOf(firefoxName), code, "firefox");
  }
  return [...byMessage].map(([message, { engines, codes }]) => ({
    message,
    template: messageTemplate(message),
    engines: [...engines],
    codes: [...codes],
  }));
}

/** The end of the link behind a message of Firefox: the same in every language. */
function linkOf(firefoxName: string): string {
  return `/CORS/Errors/${firefoxName}`;
}
