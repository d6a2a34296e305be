import type { Policy } from "@corsmith/cors";
import { type Engine, openPage, type Trace } from "@corsmith/cors/browser";
import { transportFromPolicy } from "@corsmith/cors/testing";
import { type Question, requestInit } from "./question.ts";

/** The engines, and how they are called. */
export const engines: readonly { readonly engine: Engine; readonly name: string }[] = [
  { engine: "standard", name: "The standard" },
  { engine: "chromium", name: "Chrome, Edge" },
  { engine: "firefox", name: "Firefox" },
  { engine: "webkit", name: "Safari" },
];

/** What each engine would do if the policy answered. Nothing is sent: the browser and the server are both in this tab. */
export async function askPolicy(question: Question, policy: Policy): Promise<ReadonlyMap<Engine, Trace>> {
  const transport = transportFromPolicy(policy);
  const traces = await Promise.all(
    engines.map(async ({ engine }) => {
      const page = openPage({ origin: question.origin, engine, transport });
      return [engine, await page.trace(question.url, requestInit(question))] as const;
    }),
  );
  return new Map(traces);
}
