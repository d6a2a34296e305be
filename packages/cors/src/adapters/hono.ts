import type { Exchange } from "../observe/pending-responses.ts";
import type { AdapterReports } from "./adapter-options.ts";
import {
  type AnswerStatus,
  bareResponse,
  factsFromRequest,
  failedResponse,
  type MakeResponse,
  shown,
  unheadedResponse,
  withAnswer,
  withPendingAnswer,
} from "./fetch-messages.ts";
import { type Cors, corsOf, type Enforce, enforceOf, type Host, host } from "./host.ts";
import { applyWhenHeadIsWritten, type NodeResponse } from "./node-response.ts";

export type { DecisionRecord } from "../observe/decision-record.ts";
export type { AdapterOptions } from "./adapter-options.ts";

/** The part of Hono's context that the adapter uses. */
export interface HonoContext {
  readonly env?: unknown;
  readonly req: { readonly raw: Request };
  /** Makes a response with the headers that earlier middlewares set. */
  newResponse(body: string | null, status: AnswerStatus, headers: Record<string, string>): Response;
  get res(): Response;
  set res(response: Response | undefined);
}

/** What `app.use` takes. */
export type HonoMiddleware = (context: HonoContext, next: () => Promise<void>) => Promise<Response | undefined>;

const register: Host<HonoMiddleware> = /* @__PURE__ */ host((answerRequest, reports) => async (context, next) => {
  const request = context.req.raw;
  const nodeResponse = nodeResponseOf(context.env);
  const exchange: Exchange = { request, response: nodeResponse };
  const answer = await answerRequest(factsFromRequest(request), exchange);
  const make: MakeResponse = (text, status, headers) => context.newResponse(text, status, headers);
  if (nodeResponse !== undefined) {
    applyWhenHeadIsWritten(nodeResponse, answer, reports);
    if (answer.status !== undefined) return unheadedResponse(answer.status, answer, make);
    await runRest(context, next, reports);
    return undefined;
  }
  if (answer.status !== undefined) return shown(exchange, bareResponse(answer.status, answer, reports, make));
  await withPendingAnswer(
    request,
    answer,
    reports,
    () => runRest(context, next, reports),
    (_, last) => replaceResponse(context, shown(exchange, withAnswer(context.res, last, reports))),
  );
  return undefined;
});

/** {@link cors} of a policy that was made before; its checks stay out of the bundle. @throws {TypeError} if it is not a policy */
export const enforce: Enforce<HonoMiddleware> = /* @__PURE__ */ enforceOf(register);

/**
 * CORS for Hono, on every runtime that it has. Use it first: authentication that comes before it answers preflights with 401.
 *
 * Whatever `app.onError` or `app.notFound` answer, the application's own included, carries the same headers as a success. On Node the
 * headers are set when the head of the response is written, whatever wrote it; elsewhere the response is copied, never changed, so one that
 * is immutable can be returned. For a policy of its own, give a path its own `cors`:
 * `app.use("/public/*", cors(policy))`.
 *
 * @throws {PolicyError} if the policy has a mistake
 *
 * @example
 * ```ts no-run
 * import { Hono } from "hono";
 * import { cors } from "@corsmith/cors/hono";
 *
 * const app = new Hono();
 * app.use(cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true }));
 * app.get("/", (c) => c.text("hello"));
 * ```
 */
export const cors: Cors<HonoMiddleware> = /* @__PURE__ */ corsOf(register);

/** On Node, `@hono/node-server` passes its response on in the environment. */
function nodeResponseOf(environment: unknown): NodeResponse | undefined {
  if (typeof environment !== "object" || environment === null || !("outgoing" in environment)) return undefined;
  const { outgoing } = environment;
  return typeof outgoing === "object" && outgoing !== null && "writeHead" in outgoing
    ? (outgoing as NodeResponse)
    : undefined;
}

/** Hono hands errors to `onError`. What is no `Error`, or is thrown by `onError` itself, would leave the client without a response. */
async function runRest(context: HonoContext, next: () => Promise<void>, reports: AdapterReports): Promise<void> {
  try {
    await next();
  } catch (thrown) {
    replaceResponse(context, thrown instanceof Response ? thrown : failedResponse(thrown, reports));
  }
}

/** Hono would merge the headers of the response before into the new one, and bring back what was taken out. */
function replaceResponse(context: HonoContext, response: Response): void {
  context.res = undefined;
  context.res = response;
}
