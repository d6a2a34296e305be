import type { FailureCode } from "../../failures/failure.ts";
import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from "../../http/methods.ts";
import { isToken } from "../../http/token.ts";
import type { Behaviour } from "../engines/behaviour.ts";
import { containsHeader, type HeaderList } from "../header-list.ts";
import type { StepName } from "../step.ts";
import type { CacheMode, CredentialsMode, FetchRequest, Mode, RedirectMode, RequestBody } from "./request.ts";
import { fillHeaders } from "./request-headers.ts";

/** The options of `fetch`: the platform's own. Those that have to do with neither CORS nor HTTP are not looked at. */
export type PageRequestInit = RequestInit & { readonly duplex?: "half" };

/** Why no request could be made. */
export interface InvalidRequest {
  readonly type: "invalid";
  readonly step: StepName;
  readonly code: FailureCode;
  readonly message: string;
}

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

/**
 * Makes a request as `new Request(url, init)` does on this page.
 *
 * @see https://fetch.spec.whatwg.org/#dom-request
 */
export async function newRequest(
  page: RequestPage,
  input: string,
  init: PageRequestInit,
): Promise<FetchRequest | InvalidRequest> {
  const url = URL.parse(input, page.baseUrl);
  if (url === null) return invalid("url", "invalid-url", `"${input}" is no URL.`);
  if (url.username !== "" || url.password !== "") {
    return invalid("url", "url-contains-credentials", "The URL has a user name or a password in it.");
  }
  const options = readOptions(init);
  if ("type" in options) return options;
  const method = readMethod(init.method ?? "GET", options.mode);
  if (typeof method !== "string") return method;
  const filled = fillHeaders(init.headers, options.mode, page.behaviour);
  if (typeof filled === "string") return invalid("headers", "invalid-header", filled);
  return withBody({ ...options, method, headerList: filled, url, origin: page.origin }, init);
}

interface Options {
  readonly mode: Mode;
  readonly credentialsMode: CredentialsMode;
  readonly cacheMode: CacheMode;
  readonly redirectMode: RedirectMode;
}

function readOptions(init: PageRequestInit): Options | InvalidRequest {
  const mode = oneOf(modes, init.mode ?? "cors");
  const credentialsMode = oneOf(credentialsModes, init.credentials ?? "same-origin");
  const cacheMode = oneOf(cacheModes, init.cache ?? "default");
  const redirectMode = oneOf(redirectModes, init.redirect ?? "follow");
  if (mode === undefined) return wrongOption("mode", init.mode, modes);
  if (credentialsMode === undefined) return wrongOption("credentials", init.credentials, credentialsModes);
  if (cacheMode === undefined) return wrongOption("cache", init.cache, cacheModes);
  if (redirectMode === undefined) return wrongOption("redirect", init.redirect, redirectModes);
  if (cacheMode === "only-if-cached" && mode !== "same-origin") {
    const message = `cache: "only-if-cached" goes with mode: "same-origin" only, and mode is "${mode}".`;
    return invalid("cache", "only-if-cached-needs-same-origin", message);
  }
  return { mode, credentialsMode, cacheMode, redirectMode };
}

function oneOf<Value extends string>(values: readonly Value[], text: string): Value | undefined {
  return values.find((value) => value === text);
}

function wrongOption(name: string, value: string | undefined, values: readonly string[]): InvalidRequest {
  return invalid(name, "invalid-request-option", `${name} is "${value}" and must be one of ${values.join(", ")}.`);
}

function readMethod(written: string, mode: Mode): string | InvalidRequest {
  if (!isToken(written)) return invalid("method", "invalid-method", `"${written}" is no HTTP method.`);
  if (isForbiddenMethod(written)) {
    return invalid("method", "forbidden-method", `Browsers do not let a page send ${written}.`);
  }
  const method = normalizeMethod(written);
  if (mode === "no-cors" && !isSafelistedMethod(method)) {
    const message = `mode: "no-cors" goes with GET, HEAD and POST only, and the method is ${method}.`;
    return invalid("method", "no-cors-method-not-safelisted", message);
  }
  return method;
}

interface Draft extends Options {
  readonly method: string;
  readonly headerList: HeaderList;
  readonly url: URL;
  readonly origin: string;
}

async function withBody(draft: Draft, init: PageRequestInit): Promise<FetchRequest | InvalidRequest> {
  const { method, headerList: written, url, origin, mode, credentialsMode, cacheMode, redirectMode } = draft;
  // Field by field: a spread of what is left of an object is slow, and shows in the time of a trace.
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
  if (request.method === "GET" || request.method === "HEAD") {
    return invalid("body", "body-not-allowed", `A ${request.method} request has no body.`);
  }
  const isStream = init.body instanceof ReadableStream;
  if (isStream && (init.duplex !== "half" || request.mode === "no-cors")) {
    return invalid(
      "body",
      "stream-body-not-allowed",
      'A streamed body needs duplex: "half" and mode "cors" or "same-origin".',
    );
  }
  const { body, type } = await extractBody(init.body);
  const typed = type === null || containsHeader(request.headerList, "content-type");
  const headerList: HeaderList = typed ? request.headerList : [...request.headerList, ["Content-Type", type]];
  const firstMade = { method: request.method, headerList };
  return { ...request, body, headerList, firstMade, useCorsPreflight: isStream };
}

function invalid(part: string, code: FailureCode, message: string): InvalidRequest {
  return { type: "invalid", step: `new-request/${part}`, code, message };
}

/**
 * The bytes of a body and the media type that goes with them; a stream stays one.
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
