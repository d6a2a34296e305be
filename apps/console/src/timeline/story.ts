import type { Exchange, Trace } from "@corsmith/cors/browser";

/** Who asks for what. */
export interface StoryRequest {
  readonly page: string;
  readonly url: string;
  readonly method: string;
  readonly credentials: boolean;
}

/** A trace for people who have never heard of CORS: a few short sentences, in order. */
export function storyOf(trace: Trace, request: StoryRequest): readonly string[] {
  const { page, url, method, credentials } = request;
  const server = URL.parse(url)?.host ?? url;
  const sentences = [
    `A script on ${page} wants to send a ${method} to ${server}${credentials ? ", with the user’s cookies" : ""}.`,
  ];
  if (trace.exchanges.length === 0) return [...sentences, "The browser blocks it before it sends anything."];
  if (isOwnOrigin(trace)) return [...sentences, "That is the page’s own server, so it is allowed."];
  sentences.push(
    `${server} is not where the page came from, so the browser hands over the response only if ${server} says that this page may have it.`,
  );
  for (const exchange of trace.exchanges) {
    if (exchange.kind === "preflight") sentences.push(...preflightStory(exchange, server, trace));
  }
  return [...sentences, ending(trace, server)];
}

function preflightStory({ response }: Exchange, server: string, trace: Trace): readonly string[] {
  const asked = `Such a request could do harm, so the browser first asks ${server} for permission: that is the preflight.`;
  if (response === undefined) return [asked, `${server} does not respond.`];
  const refused = trace.outcome === "error" && !trace.exchanges.some(({ kind }) => kind === "actual");
  return [asked, refused ? `${server} does not allow it explicitly.` : `${server} allows it.`];
}

function ending(trace: Trace, server: string): string {
  if (trace.outcome === "ok") {
    return trace.response.status >= 400
      ? `The response is an error, and it allows the page’s origin, so the script can read it.`
      : `The response allows the page’s origin, so the script can read it.`;
  }
  return trace.exchanges.some(({ kind }) => kind === "actual")
    ? `${server} did what was asked, but its response does not name the page: the browser withholds the response, and the script learns only that something failed.`
    : "So the browser never sends the real request, and the script learns only that something failed.";
}

function isOwnOrigin(trace: Trace): boolean {
  return trace.outcome === "ok" && trace.response.type === "basic";
}
