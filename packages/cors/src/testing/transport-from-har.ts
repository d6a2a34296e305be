import { redactUrl, type Transport, type TransportRequest, type TransportResponse } from "../browser/index.ts";
import { parseUrl } from "../http/parse-url.ts";
import { groupBy } from "./group-by.ts";
import { type Har, type HarEntry, readHar } from "./read-har.ts";
import { headerOf } from "./script-request.ts";
import { known } from "./transports.ts";

/** How a recording is read. */
export interface HarTransportOptions {
  /**
   * Safari and Playwright record no preflights. With true, a missing one counts as passed if the request itself was answered: then
   * the browser had sent it, and so it had been allowed. Default false: what is not recorded has no answer.
   */
  readonly assumePreflights?: boolean;
}

/**
 * Answers from a recording: a request by what was recorded for its method and URL, the first time with the first such answer, and so on.
 * What is not in the recording, was used up, or was recorded without an answer is rejected with a reason. A URL whose secrets were taken out
 * (`requestsOfHar`) is answered as the URL with them.
 *
 * @throws {HarError} naming the place, if it is not a recording
 *
 * @example
 * ```ts
 * import { openPage } from "@corsmith/cors/browser";
 * import { transportFromHar } from "@corsmith/cors/testing";
 *
 * const request = { method: "GET", url: "https://api.example.com/orders", headers: [] };
 * const response = { status: 200, headers: [{ name: "access-control-allow-origin", value: "*" }], content: { text: "[]" } };
 * const transport = transportFromHar({ log: { entries: [{ request, response }] } });
 *
 * const page = openPage({ origin: "https://app.example.com", transport });
 * console.assert((await (await page.fetch("https://api.example.com/orders")).text()) === "[]");
 * const again = await page.trace("https://api.example.com/orders");
 * console.assert(again.outcome === "error");
 * ```
 */
export function transportFromHar(har: Har, { assumePreflights = false }: HarTransportOptions = {}): Transport {
  const recorded = new Map(
    [...groupBy(readHar(har), keyOf)].map(([key, entries]): [string, Recorded] => [key, { entries, asked: 0 }]),
  );
  return known(async (request) => {
    const found = recorded.get(keyOf(request));
    if (found === undefined) {
      const assumed = assumePreflights ? assumedPreflight(request, recorded) : undefined;
      if (assumed === undefined) throw new Error(notRecorded(request));
      return assumed;
    }
    const entry = found.entries[found.asked];
    found.asked += 1;
    if (entry === undefined) throw new Error(usedUp(request, found));
    if (entry.answer === undefined) {
      const why = entry.error === undefined ? "" : ` (${entry.error})`;
      throw new Error(`the recording holds ${written(request)} without an answer${why}`);
    }
    return entry.answer;
  });
}

interface Recorded {
  readonly entries: readonly HarEntry[];
  asked: number;
}

/** The answer that a preflight must have had, if its request was sent and answered. */
function assumedPreflight(
  { method, url, headers }: TransportRequest,
  recorded: ReadonlyMap<string, Recorded>,
): TransportResponse | undefined {
  const asked = headerOf(headers, "access-control-request-method");
  if (method !== "OPTIONS" || asked === undefined) return undefined;
  const request = recorded.get(keyOf({ method: asked, url }));
  if (request?.entries[request.asked]?.answer === undefined) return undefined;
  return {
    status: 204,
    headers: [
      ["Access-Control-Allow-Origin", headerOf(headers, "origin") ?? ""],
      ["Access-Control-Allow-Credentials", "true"],
      ["Access-Control-Allow-Methods", asked],
      ["Access-Control-Allow-Headers", headerOf(headers, "access-control-request-headers") ?? ""],
    ],
  };
}

type Asked = Pick<TransportRequest, "method" | "url">;

/** The recorder may have written the URL with its fragment, and a page's URL is always in the platform's form. */
function keyOf({ method, url }: Asked): string {
  const parsed = parseUrl(url);
  if (parsed === null) return `${method} ${url}`;
  parsed.hash = "";
  return `${method} ${redactUrl(parsed.href)}`;
}

function written({ method, url }: Asked): string {
  return `${method} ${redactUrl(url)}`;
}

function notRecorded(request: Asked): string {
  const preflight =
    request.method === "OPTIONS" ? ". Not every browser records preflights: Safari and Playwright do not" : "";
  return `the recording holds no ${written(request)}${preflight}`;
}

function usedUp(request: Asked, { entries }: Recorded): string {
  const times = entries.length === 1 ? "once" : `${entries.length} times`;
  return `the recording holds ${written(request)} ${times}, and it was asked for again`;
}
