import { ApiProblem } from "../api/api-problem.ts";
import type { CheckReport, CheckRequest } from "../api/schemas/live.ts";
import { checkApi } from "../check/check-api.ts";
import { isLoopback } from "../config/address.ts";

/** Checks that run at once, at most: each sends up to a dozen requests. */
const maxConcurrent = 4;
const timeoutSeconds = 10;

/** The only servers that are asked. */
export type CheckedServers = Readonly<Record<"listen" | "upstream", URL | undefined>>;

/**
 * Makes the check of the operator's API: what a page would meet at the gateway, or at the API behind it. No other server is asked, so that
 * callers cannot make this program ask others; and nothing but GET, HEAD and OPTIONS is sent.
 */
export function createLiveCheck(servers: () => CheckedServers): (request: CheckRequest) => Promise<CheckReport> {
  let running = 0;
  return async (request) => {
    const url = ownUrl(request.url, servers());
    if (running >= maxConcurrent)
      throw new ApiProblem("too-many", `${maxConcurrent} checks run already.`, "Ask again in a few seconds.");
    running += 1;
    try {
      const { origin, method = "GET", headers = {}, credentials = false, engine } = request;
      return await checkApi(
        { url: url.href, origin, method, headers: Object.entries(headers), credentials },
        { timeoutSeconds, ...(engine === undefined ? {} : { engine }) },
      );
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      const fix = "Give an origin such as https://app.example.com, and a request as a page would write it.";
      throw new ApiProblem("body-invalid", error.message, fix, { field: "body" });
    } finally {
      running -= 1;
    }
  };
}

function ownUrl(text: string, { listen, upstream }: CheckedServers): URL {
  const url = URL.parse(text);
  const own = [listen, upstream].filter((server) => server !== undefined);
  if (url !== null && own.some((server) => isSameServer(url, server))) return url;
  const detail = "Only this gateway and the API behind it are asked from here.";
  const fix =
    own.length === 0
      ? "Ask it from a terminal: corsmith check URL --origin ORIGIN"
      : `A URL that begins with ${own.map(({ origin }) => origin).join(" or ")}; any other from a terminal: corsmith check URL --origin ORIGIN`;
  throw new ApiProblem("check-refused", detail, fix, { field: "body.url", value: text });
}

/** On one machine, its loopback names are one host; a gateway that listens on every address has all of them. */
function isSameServer(url: URL, server: URL): boolean {
  if (url.protocol !== server.protocol || url.port !== server.port || url.username !== "") return false;
  if (url.hostname === server.hostname) return true;
  const everywhere = server.hostname === "0.0.0.0" || server.hostname === "[::]";
  return isLoopback(url.hostname) && (everywhere || isLoopback(server.hostname));
}
