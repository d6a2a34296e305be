/** The day on which the lists below were last compared with what they cite. */
export const sdkHeadersDate = "2026-11-23";

/** The lists of {@link sdkHeaders}, by SDK or protocol. */
export interface SdkHeaders {
  /**
   * Sentry's browser SDK, to the URLs in its `tracePropagationTargets`; `traceparent` with its option `propagateTraceparent`.
   *
   * @see https://docs.sentry.io/platforms/javascript/tracing/distributed-tracing/dealing-with-cors-issues/
   */
  readonly sentry: readonly string[];
  /**
   * OpenTelemetry's browser instrumentation, with its default propagators.
   *
   * @see https://www.w3.org/TR/trace-context/#trace-context-http-headers-format
   * @see https://www.w3.org/TR/baggage/#baggage-http-header-format
   */
  readonly openTelemetry: readonly string[];
  /**
   * A Model Context Protocol client in a page, over Streamable HTTP: `mcp-session-id` and `last-event-id` up to the revision 2025-11-25,
   * `mcp-method` and `mcp-name` from 2026-07-28 on. Tools may ask for `mcp-param-…` headers of their own: name those beside them.
   * `DELETE`, which ends a session, belongs in `allowMethods`.
   *
   * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
   * @see https://modelcontextprotocol.io/seps/2243-http-standardization
   */
  readonly mcp: readonly string[];
  /**
   * Resumable uploads by tus 1.0 with all its extensions, such as tus-js-client and Uppy send them. `PATCH`, and `DELETE` for its
   * termination extension, belong in `allowMethods`.
   *
   * @see https://tus.io/protocols/resumable-upload#headers
   */
  readonly tus: readonly string[];
  /**
   * Apollo Client for the web, and the two headers by which Apollo Server's CSRF prevention is satisfied.
   *
   * @see https://www.apollographql.com/docs/apollo-server/security/cors#preventing-cross-site-request-forgery-csrf
   * @see https://www.apollographql.com/docs/graphos/platform/insights/client-segmentation
   */
  readonly apollo: readonly string[];
  /**
   * supabase-js, to an Edge Function or to a server that stands in for one: the list that it publishes itself, with the trace headers
   * that it adds where tracing is on.
   *
   * @see https://supabase.com/docs/guides/functions/cors
   */
  readonly supabaseJs: readonly string[];
}

/** The lists of {@link sdkExposedHeaders}, by protocol. */
export interface SdkExposedHeaders {
  /**
   * The session's id comes with the first answer, and every later request needs it; `www-authenticate` says where to sign in.
   *
   * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
   * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization
   */
  readonly mcp: readonly string[];
  /**
   * `location` is the address of the upload; without `upload-offset` none can be resumed.
   *
   * @see https://tus.io/protocols/resumable-upload#headers
   */
  readonly tus: readonly string[];
}

/**
 * Request headers that SDKs put on the requests of a page, for `allowHeaders`. The commonest surprise after an SDK is installed is that
 * every preflight fails: it has added a header that the policy does not name. Names are in lower case; each list is whole, so two of
 * them may be joined.
 *
 * @example
 * ```ts
 * import { definePolicy, sdkExposedHeaders, sdkHeaders } from "@corsmith/cors";
 *
 * const policy = definePolicy({
 *   allowOrigins: ["https://app.example.com"],
 *   allowMethods: ["PATCH", "DELETE"],
 *   allowHeaders: ["authorization", ...sdkHeaders.sentry, ...sdkHeaders.tus],
 *   exposeHeaders: [...sdkExposedHeaders.tus],
 * });
 * console.assert(policy.allowHeaders.includes("sentry-trace"));
 * ```
 */
export const sdkHeaders: SdkHeaders = Object.freeze({
  sentry: list("sentry-trace", "baggage", "traceparent"),
  openTelemetry: list("traceparent", "tracestate", "baggage"),
  mcp: list(
    "authorization",
    "content-type",
    "last-event-id",
    "mcp-method",
    "mcp-name",
    "mcp-protocol-version",
    "mcp-session-id",
  ),
  tus: list(
    "content-type",
    "tus-resumable",
    "upload-checksum",
    "upload-concat",
    "upload-defer-length",
    "upload-length",
    "upload-metadata",
    "upload-offset",
    "x-http-method-override",
    "x-request-id",
  ),
  apollo: list(
    "apollo-require-preflight",
    "apollographql-client-name",
    "apollographql-client-version",
    "apollographql-library-name",
    "apollographql-library-version",
    "content-type",
    "x-apollo-operation-name",
  ),
  supabaseJs: list(
    "apikey",
    "authorization",
    "baggage",
    "content-type",
    "traceparent",
    "tracestate",
    "x-client-info",
    "x-retry-count",
  ),
});

/**
 * Response headers that the same SDKs must be able to read, for `exposeHeaders`; only protocols that cannot work without them are here.
 */
export const sdkExposedHeaders: SdkExposedHeaders = Object.freeze({
  mcp: list("mcp-session-id", "www-authenticate"),
  tus: list(
    "location",
    "tus-checksum-algorithm",
    "tus-extension",
    "tus-max-size",
    "tus-resumable",
    "tus-version",
    "upload-concat",
    "upload-defer-length",
    "upload-expires",
    "upload-length",
    "upload-metadata",
    "upload-offset",
  ),
});

function list(...names: readonly string[]): readonly string[] {
  return Object.freeze(names);
}
