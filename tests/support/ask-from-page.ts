import type { Page } from "playwright-core";

/** What a script on the page asks for. */
export interface Ask {
  readonly method: string;
  readonly url: string;
  readonly credentials: "include" | "omit";
  /** Sent as JSON. */
  readonly json?: unknown;
}

/** What the browser let the script see. */
export type Seen =
  | { readonly outcome: "readable"; readonly status: number; readonly body: unknown }
  | { readonly outcome: "refused"; readonly error: string };

/** Makes the request as a script of that page does, with the page's own `fetch`. */
export async function askFromPage(page: Page, ask: Ask): Promise<Seen> {
  return await page.evaluate(async ({ method, url, credentials, json }): Promise<Seen> => {
    const body =
      json === undefined ? {} : { body: JSON.stringify(json), headers: { "Content-Type": "application/json" } };
    try {
      const response = await fetch(url, { method, credentials, ...body });
      const text = await response.text();
      const isJson = response.headers.get("Content-Type")?.includes("json") === true;
      return { outcome: "readable", status: response.status, body: isJson ? JSON.parse(text) : text };
    } catch (error) {
      return { outcome: "refused", error: error instanceof Error ? error.name : String(error) };
    }
  }, ask);
}
