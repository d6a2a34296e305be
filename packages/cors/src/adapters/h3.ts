import type { Exchange } from "../observe/pending-responses.ts";
import type { Answer } from "../respond/respond.ts";
import type { AdapterReports } from "./adapter-options.ts";
import {
  applyToHeaders,
  bareResponse,
  factsFromRequest,
  shown,
  unheadedResponse,
  withAnswer,
  withPendingAnswer,
} from "./fetch-messages.ts";
import { type Cors, corsOf, type Enforce, enforceOf, type Host, host } from "./host.ts";
import { applyWhenHeadIsWritten, type NodeResponse } from "./node-response.ts";

export type { DecisionRecord } from "../observe/decision-record.ts";
export type { AdapterOptions } from "./adapter-options.ts";
export type { NodeResponse } from "./node-response.ts";

/** The part of an h3 event that the adapter uses. */
export interface H3Event {
  readonly req: Request;
  readonly res: { readonly headers: Headers; readonly errHeaders: Headers };
  /** Where h3 runs on Node, its response is here. */
  readonly runtime?: { readonly node?: { readonly res?: NodeResponse | undefined } | undefined } | undefined;
}

/** What `app.use` takes. */
export type H3Middleware = (event: H3Event, next: () => unknown) => Promise<unknown>;

const register: Host<H3Middleware> = /* @__PURE__ */ host((answerRequest, reports) => async (event, next) => {
  const nodeResponse = event.runtime?.node?.res;
  const exchange: Exchange = { request: event.req, response: nodeResponse };
  const answer = await answerRequest(factsFromRequest(event.req), exchange);
  if (nodeResponse !== undefined) {
    applyWhenHeadIsWritten(nodeResponse, answer, reports);
    return answer.status === undefined ? next() : unheadedResponse(answer.status, answer);
  }
  if (answer.status !== undefined) return shown(exchange, bareResponse(answer.status, answer, reports));
  return withPendingAnswer(
    event.req,
    answer,
    reports,
    () => settle(next),
    (settled, last) => shown(exchange, finish(event, settled, last, reports)),
  );
});

/** {@link cors} of a policy that was made before; its checks stay out of the bundle. @throws {TypeError} if it is not a policy */
export const enforce: Enforce<H3Middleware> = /* @__PURE__ */ enforceOf(register);

/**
 * CORS for h3, version 2. Use it first: authentication that comes before it answers preflights with 401.
 *
 * On Node the headers are set when the head of the response is written, whatever wrote it. On other runtimes they are given to what the
 * handler returned or threw; only a response that `onError` of the configuration makes is out of reach there: guard `app.fetch` with
 * `@corsmith/cors/fetch` instead if you have one. For a policy of its own, give a path its own `cors`: `app.use("/public/**", cors(policy))`.
 *
 * @throws {PolicyError} if the policy has a mistake
 *
 * @example
 * ```ts no-run
 * import { H3, serve } from "h3";
 * import { cors } from "@corsmith/cors/h3";
 *
 * const app = new H3();
 * app.use(cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true }));
 * app.get("/", () => "hello");
 * serve(app, { port: 3000 });
 * ```
 */
export const cors: Cors<H3Middleware> = /* @__PURE__ */ corsOf(register);

type Settled = { readonly value: unknown } | { readonly thrown: unknown };

async function settle(next: () => unknown): Promise<Settled> {
  try {
    return { value: await next() };
  } catch (thrown) {
    return { thrown };
  }
}

/** h3 keeps two sets of headers: one for what is returned, one for what is thrown. It lets them replace what stands there, so they are merged here. */
function finish(event: H3Event, settled: Settled, answer: Answer, reports: AdapterReports): unknown {
  if ("value" in settled && settled.value instanceof Response) return withAnswer(settled.value, answer, reports);
  const made = "value" in settled ? settled.value : settled.thrown;
  const own = headersOf(made);
  for (const headers of [event.res.headers, event.res.errHeaders]) {
    const vary = own?.get("Vary");
    if (vary) headers.append("Vary", vary);
    applyToHeaders(headers, answer, reports);
  }
  if (own !== undefined) applyToHeaders(own, answer, reports);
  if ("thrown" in settled) throw settled.thrown;
  return settled.value;
}

/** Errors and responses of h3's own kinds bring headers with them. */
function headersOf(made: unknown): Headers | undefined {
  const headers = typeof made === "object" && made !== null && "headers" in made ? made.headers : undefined;
  return headers instanceof Headers ? headers : undefined;
}
