import { HarError, type HarRequest, requestsOfHar } from "@corsmith/cors/testing";
import { type PageRequest, PasteError } from "./pasted-request.ts";

/**
 * Finds a request in a recording (a HAR): the one at this place, or else the first that got no answer or whose preflight was refused, or
 * else the first. `list` has those to which CORS applies, a line each.
 *
 * @param entry its place in the recording's list, from 0
 * @throws {PasteError} if it is not a recording, or has no such request
 */
export function readRecording(har: string, entry: number | undefined) {
  const requests = readRequests(har);
  const list = requests.map((request) => `${request.entry}  ${request.method} ${request.url}  ${outcomeOf(request)}`);
  const chosen =
    entry === undefined ? (requests.find(isBlocked) ?? requests[0]) : requests.find((one) => one.entry === entry);
  if (chosen === undefined) {
    throw requests.length === 0
      ? new PasteError(
          "No request in this recording goes to another origin than its page's.",
          "Record the page while it makes the request, and save all as HAR.",
        )
      : new PasteError(
          `CORS does not apply to entry ${entry} of this recording.`,
          `One of: ${requests.map((one) => one.entry).join(", ")}.`,
        );
  }
  const { method, url, headers, pageOrigin, credentials } = chosen;
  const asked = { method, url, headers, origin: pageOrigin, credentials: credentials === "include" };
  const page: PageRequest = { ...asked, notes: [] };
  return { page, list };
}

function readRequests(har: string): readonly HarRequest[] {
  try {
    return requestsOfHar(har);
  } catch (error) {
    if (!(error instanceof HarError)) throw error;
    throw new PasteError(error.message, "In the Network tab, save all as HAR.");
  }
}

function isBlocked({ outcome, preflight }: HarRequest): boolean {
  if (outcome.kind === "no-answer" || (outcome.kind === "answered" && outcome.error !== undefined)) return true;
  return (
    preflight?.kind === "no-answer" ||
    (preflight?.kind === "answered" && (preflight.status < 200 || preflight.status > 299))
  );
}

function outcomeOf({ outcome }: HarRequest): string {
  if (outcome.kind === "answered") return `${outcome.status}${outcome.error === undefined ? "" : ` ${outcome.error}`}`;
  return outcome.kind === "no-answer"
    ? `no response${outcome.error === undefined ? "" : `: ${outcome.error}`}`
    : "only its preflight";
}
