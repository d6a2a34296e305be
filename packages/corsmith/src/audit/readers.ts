import { type Engine, openPage } from "@corsmith/cors/browser";
import { allowsCredentials } from "../check/cors-fields.ts";
import type { Answered } from "./probe.ts";

const browsers: readonly Engine[] = ["chromium", "firefox", "webkit"];

/**
 * In which browsers a page of the probe's origin reads this answer, with cookies if the answer allows credentials. Undefined if that cannot
 * be told: what a redirect leads to was not asked.
 */
export async function readersOf(asked: Answered): Promise<readonly Engine[] | undefined> {
  const { answer, origin } = asked;
  if (origin === undefined || (answer.status >= 300 && answer.status < 400)) return undefined;
  const { status, statusText, headers } = answer;
  // A local server may stand for a live one, so plain http decides nothing here: mixed content is left out.
  const url = asked.url.replace(/^http:/, "https:");
  const reading: Engine[] = [];
  for (const engine of browsers) {
    const page = openPage({ origin, engine, transport: async () => ({ status, statusText, headers }) });
    const trace = await page.trace(url, { credentials: allowsCredentials(answer) ? "include" : "omit" });
    if (trace.outcome === "ok" && trace.response.type === "cors") reading.push(engine);
  }
  return reading;
}
