import { randomBytes } from "node:crypto";
import type { HeaderList } from "@corsmith/cors/browser";
import { headerValue, isSecretHeader, isWithheld, withHeader, withoutHeader } from "../live/headers.ts";
import type { Purpose, SafeClient, Sent } from "../live/safe-client.ts";
import type { CheckRequest } from "./check-request.ts";
import type { JudgedExchange } from "./judge.ts";

/** What was asked beside what a browser asks. What was not asked is missing. */
export interface Probes {
  /** An origin that no server can know. */
  readonly strangeOrigin: string;
  /** The request, or the GET in its place. */
  readonly base?: Sent;
  readonly withoutOrigin?: Sent;
  readonly otherOrigin?: Sent;
  readonly otherOriginPreflight?: Sent;
  readonly withCookie?: Sent;
  readonly plainOptions?: Sent;
  readonly preflightWithSecrets?: Sent;
  readonly missingPath?: Sent;
  readonly rootPath?: Sent;
}

/**
 * Sends a few more requests to find out why: GET and OPTIONS only, and each only where its answer can show something.
 *
 * @param preflight the first one of the trace, if there was one
 * @param isAllowed would the request pass?
 */
export async function askProbes(
  request: CheckRequest,
  preflight: JudgedExchange | undefined,
  isAllowed: boolean,
  client: SafeClient,
): Promise<Probes> {
  // `.example` belongs to nobody; the random part keeps a server from having it in a list.
  const strangeOrigin = `https://${randomBytes(6).toString("hex")}.corsmith-check.example`;
  const base = client.log.find(
    ({ purpose, answer }) => /^(?:request|safe-probe)$/.test(purpose) && answer !== undefined,
  );
  return {
    strangeOrigin,
    ...(base && { base, ...(await askAboutAnswer(base, strangeOrigin, client)) }),
    ...(base && isAllowed ? await askAboutErrors(base, client) : {}),
    ...(preflight && (await askAboutPreflight(request, preflight.sent, strangeOrigin, client))),
  };
}

async function askAboutAnswer(base: Sent, strangeOrigin: string, client: SafeClient): Promise<Partial<Probes>> {
  const { answer, headers, url } = base;
  if (answer === undefined) return {};
  const allowOrigin = headerValue(answer.headers, "access-control-allow-origin");
  if (allowOrigin === undefined) {
    if (answer.status < 400 || new URL(url).pathname === "/") return {};
    return { rootPath: await get(client, new URL("/", url).href, headers, "root-path") };
  }
  const asStranger = withHeader(headers, "Origin", strangeOrigin);
  if (allowOrigin === "*") {
    if (headerValue(answer.headers, "access-control-allow-credentials") !== "true") return {};
    const withCookie = withHeader(asStranger, "Cookie", "corsmith-check=1");
    return { withCookie: await get(client, url, withCookie, "with-cookie") };
  }
  return {
    otherOrigin: await get(client, url, asStranger, "other-origin"),
    withoutOrigin: await get(client, url, withoutHeader(headers, "origin"), "without-origin"),
  };
}

/** What the page would see of an error of this API. */
async function askAboutErrors({ answer, headers, url }: Sent, client: SafeClient): Promise<Partial<Probes>> {
  if (answer === undefined || answer.status >= 400) return {};
  const path = new URL(url);
  path.pathname = `${path.pathname.replace(/\/$/, "")}/corsmith-check-no-such-page`;
  return { missingPath: await get(client, path.href, headers, "missing-path") };
}

async function get(client: SafeClient, url: string, headers: HeaderList, purpose: Purpose): Promise<Sent> {
  return await client.ask({ method: "GET", url, headers }, purpose);
}

async function askAboutPreflight(
  request: CheckRequest,
  { answer, headers, url }: Sent,
  strangeOrigin: string,
  client: SafeClient,
): Promise<Partial<Probes>> {
  if (answer === undefined) return {};
  const options = { method: "OPTIONS", url };
  if (answer.status < 300) {
    const allowOrigin = headerValue(answer.headers, "access-control-allow-origin");
    if (allowOrigin === undefined || allowOrigin === "*") return {};
    const asStranger = withHeader(headers, "Origin", strangeOrigin);
    return { otherOriginPreflight: await client.ask({ ...options, headers: asStranger }, "other-origin") };
  }
  if (![400, 401, 403].includes(answer.status)) return {};
  const secrets = secretsOf(request);
  const withSecrets = { ...options, headers: [...headers, ...secrets] };
  return {
    plainOptions: await client.ask({ ...options, headers: [["Accept", "*/*"]] }, "plain-options"),
    ...(secrets.length === 0 ? {} : { preflightWithSecrets: await client.ask(withSecrets, "preflight-with-secrets") }),
  };
}

/** What the user lets us send and a browser never puts on a preflight. */
function secretsOf({ headers, cookies }: CheckRequest): HeaderList {
  const secret = headers.filter(([name, value]) => isSecretHeader(name) && !isWithheld(value));
  return cookies === undefined ? secret : [...secret, ["Cookie", cookies]];
}
