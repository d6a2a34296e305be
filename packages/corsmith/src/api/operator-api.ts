import type { IncomingMessage, ServerResponse } from "node:http";
import { nearestName } from "@corsmith/cors";
import { ApiProblem, internalProblem, writeJson, writeProblem } from "./api-problem.ts";
import { apiHandlers } from "./handlers.ts";
import { openApiDocument } from "./openapi-document.ts";
import type { ApiContext, Operation } from "./operation.ts";
import { type OperationName, operations, routeOperation } from "./operations.ts";
import { readJsonBody, readParams, readQuery, validate } from "./read-input.ts";

const documentPath = "/api/openapi.json";
const usualBodyBytes = 65_536;

type AnyHandler = (input: { params: unknown; query: unknown; body: unknown }) => unknown;

/** Answers the calls below `/api/`. Whether the caller may ask at all has been settled before. Never rejects. */
export class OperatorApi {
  readonly #context: ApiContext;
  readonly #handlers: Readonly<Partial<Record<OperationName, AnyHandler>>>;
  #document: string | undefined;

  constructor(context: ApiContext) {
    this.#context = context;
    this.#handlers = apiHandlers(context) as Readonly<Partial<Record<OperationName, AnyHandler>>>;
  }

  /** @param path as it came, without the query. @param search the query, without its question mark */
  async answer(request: IncomingMessage, response: ServerResponse, path: string, search: string): Promise<void> {
    try {
      await this.#answer(request, response, path, search);
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : internalProblem();
      if (problem !== error) this.#context.onError(error);
      writeProblem(request, response, problem);
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse, path: string, search: string): Promise<void> {
    const { method = "GET" } = request;
    if (path === documentPath && (method === "GET" || method === "HEAD")) {
      this.#document ??= JSON.stringify(openApiDocument(this.#context.version));
      writeJson(request, response, 200, this.#document);
      return;
    }
    const routed = routeOperation(method, path);
    if (!routed.found) throw notRouted(response, path, routed.allow);
    const { name, params } = routed;
    const operation: Operation = operations[name];
    const input = {
      params: readParams(operation.params ?? {}, params),
      query: readQuery(operation.query ?? {}, search),
      body: operation.body === undefined ? undefined : await readBody(request, operation),
    };
    if (name === "streamEvents") {
      if (method === "HEAD") writeJson(request, response, 200, "");
      else this.#context.events.open(response, lastEventId(request));
      return;
    }
    const answer = await this.#handlers[name]?.(input);
    writeJson(request, response, operation.status, JSON.stringify(answer));
  }
}

async function readBody(request: IncomingMessage, { body, bodyBytes = usualBodyBytes }: Operation): Promise<unknown> {
  const value = await readJsonBody(request, bodyBytes);
  if (body === undefined) return undefined;
  try {
    validate(body, value, "body", "body-invalid");
  } catch (error) {
    if (error instanceof ApiProblem && error.more.field === "body.confirm") {
      throw new ApiProblem("confirmation-missing", {
        detail: "This changes what is enforced, so it has to be confirmed.",
        field: "body.confirm",
        fix: "true",
      });
    }
    throw error;
  }
  return value;
}

function notRouted(response: ServerResponse, path: string, allow: readonly string[]): ApiProblem {
  if (allow.length > 0) {
    response.setHeader("allow", allow.join(", "));
    return new ApiProblem("method-not-allowed", {
      detail: "This path does not know this method.",
      field: "method",
      fix: allow.join(" or "),
    });
  }
  const known = [...Object.values<Operation>(operations).map((operation) => operation.path), documentPath];
  const near = nearestName(path, known);
  return new ApiProblem("not-found", {
    detail: "There is no such call.",
    field: "path",
    value: path,
    fix: near === undefined ? "See /api/reference for what there is." : near,
  });
}

/** A page's `EventSource` sends it by itself when it comes back. */
function lastEventId({ headers }: IncomingMessage): string | undefined {
  const id = headers["last-event-id"];
  return Array.isArray(id) ? id[0] : id;
}
