import type { FailureCode } from "../../failures/failure.ts";
import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from "../../http/methods.ts";
import { parseUrl } from "../../http/parse-url.ts";
import { isToken } from "../../http/token.ts";
import type { Behaviour } from "../engines/behaviour.ts";
import { failed, type Recording } from "../fetch-params.ts";
import { containsHeader, type HeaderList } from "../header-list.ts";
import type { NetworkError } from "../response/response.ts";
import {
  type CacheMode,
  type CredentialsMode,
  type FetchRequest,
  type Mode,
  type RedirectMode,
  type RequestBody,
  wireUrl,
} from "./request.ts";
import { fillHeaders } from "./request-headers.ts";

/** The options of `fetch`: the platform's own. Those that concern neither CORS nor HTTP are ignored. */
export type PageRequestInit = RequestInit & { readonly duplex?: "half" };

const modes: readonly Mode[] = ["cors", "no-cors", "same-origin"];
const credentialsModes: readonly CredentialsMode[] = ["omit", "same-origin", "include"];
const cacheModes: readonly CacheMode[] = ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"];
const redirectModes: readonly RedirectMode[] = ["follow", "error", "manual"];

/** The page that makes the request. */
export interface RequestPage {
  readonly origin: string;
  readonly baseUrl: string | undefined;
  readonly behaviour: Behaviour;
}

/** Makes a request as `new Request(url, init)` does on this page. @see https://fetch.spec.whatwg.org/#dom-request */
export async function newRequest(
  recording: Recording,
  page: RequestPage,
  input: string,
  init: PageRequestInit,
): Promise<FetchRequest | NetworkError> {
  const url = parseUrl(input, page.baseUrl);
  if (url === null) return failed(recording, "new-request/url", "invalid-url", { url: input });
  if (url.username !== "" || url.password !== "") {
    return failed(recording, "new-request/url", "url-contains-credentials", { url: wireUrl(url) });
  }
  const options = readOptions(recording, init);
  if ("type" in options) return options;
  const method = readMethod(recording, init.method ?? "GET", options.mode);
  if (typeof method !== "string") return method;
  const filled = fillHeaders(init.headers, options.mode, page.behaviour);
  if ("wrong" in filled) return failed(recording, "new-request/headers", "invalid-header", filled);
  return withBody(recording, { ...options, method, headerList: filled, url, origin: page.origin }, init);
}

type Options = Pick<FetchRequest, "mode" | "credentialsMode" | "cacheMode" | "redirectMode">;

function readOptions(recording: Recording, init: PageRequestInit): Options | NetworkError {
  const mode = readOption(recording, "mode", init.mode ?? "cors", modes);
  if (typeof mode !== "string") return mode;
  const credentialsMode = readOption(recording, "credentials", init.credentials ?? "same-origin", credentialsModes);
  if (typeof credentialsMode !== "string") return credentialsMode;
  const cacheMode = readOption(recording, "cache", init.cache ?? "default", cacheModes);
  if (typeof cacheMode !== "string") return cacheMode;
  const redirectMode = readOption(recording, "redirect", init.redirect ?? "follow", redirectModes);
  if (typeof redirectMode !== "string") return redirectMode;
  if (cacheMode === "only-if-cached" && mode !== "same-origin") {
    const facts = { found: cacheMode, expected: cacheModes, mode };
    return failed(recording, "new-request/cache", "only-if-cached-needs-same-origin", facts);
  }
  return { mode, credentialsMode, cacheMode, redirectMode };
}

function readOption<Value extends string>(
  recording: Recording,
  name: "mode" | "credentials" | "cache" | "redirect",
  found: string,
  expected: readonly Value[],
): Value | NetworkError {
  const value = expected.find((each) => each === found);
  return value ?? failed(recording, `new-request/${name}`, "invalid-request-option", { found, expected });
}

function readMethod(recording: Recording, written: string, mode: Mode): string | NetworkError {
  const refused = (code: FailureCode, method = written): NetworkError =>
    failed(recording, "new-request/method", code, { method });
  if (!isToken(written)) return refused("invalid-method");
  if (isForbiddenMethod(written)) return refused("forbidden-method");
  const method = normalizeMethod(written);
  return mode === "no-cors" && !isSafelistedMethod(method) ? refused("no-cors-method-not-safelisted", method) : method;
}

interface Draft extends Options, Pick<FetchRequest, "method" | "headerList" | "origin"> {
  readonly url: URL;
}

async function withBody(
  recording: Recording,
  draft: Draft,
  init: PageRequestInit,
): Promise<FetchRequest | NetworkError> {
  const { method, headerList: written, url, origin, mode, credentialsMode, cacheMode, redirectMode } = draft;
  // Field by field: a spread is slow, and shows in the time of a trace.
  const request: FetchRequest = {
    method,
    headerList: written,
    urlList: [url],
    origin,
    mode,
    credentialsMode,
    cacheMode,
    redirectMode,
    body: null,
    useCorsPreflight: false,
    signal: init.signal ?? undefined,
    redirectCount: 0,
    responseTainting: "basic",
    firstMade: { method, headerList: written },
    preflightNeeded: false,
    firstMethodBecameGet: false,
    lateCheck: undefined,
    originSent: false,
  };
  if (init.body === undefined || init.body === null) return request;
  if (method === "GET" || method === "HEAD") {
    return failed(recording, "new-request/body", "body-not-allowed", { method });
  }
  const isStream = init.body instanceof ReadableStream;
  if (isStream && (init.duplex !== "half" || mode === "no-cors")) {
    return failed(recording, "new-request/body", "stream-body-not-allowed", { method });
  }
  const { body, type } = await extractBody(init.body);
  const typed = type === null || containsHeader(request.headerList, "content-type");
  const headerList: HeaderList = typed ? request.headerList : [...request.headerList, ["Content-Type", type]];
  const firstMade = { method: request.method, headerList };
  return { ...request, body, headerList, firstMade, useCorsPreflight: isStream };
}

/**
 * The bytes of a body and their media type; a stream stays a stream.
 *
 * @see https://fetch.spec.whatwg.org/#concept-bodyinit-extract
 */
async function extractBody(
  object: NonNullable<RequestInit["body"]>,
): Promise<{ readonly body: RequestBody; readonly type: string | null }> {
  if (typeof object === "string") return { body: new TextEncoder().encode(object), type: "text/plain;charset=UTF-8" };
  if (object instanceof ReadableStream) return { body: object, type: null };
  // The platform knows forms, blobs and buffers: its Response extracts them as a Request would.
  const extracted = new Response(object);
  const type = extracted.headers.get("content-type");
  return { body: new Uint8Array(await extracted.arrayBuffer()), type };
}
