import type { IncomingMessage, ServerResponse } from "node:http";
import { nearestName } from "@corsmith/cors";
import { ApiProblem, methodNotAllowed, writeJson, writeProblem } from "./api-problem.ts";
import { openApiDocument } from "./openapi-document.ts";
import type { ApiContext, Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { readJsonBody, readParams, readQuery, validate } from "./read-input.ts";

const documentPath = "/api/openapi.json";
const usualBodyBytes = 65_536;

/** Answers a call below `/api/`. @param path as it came, without the query. @param search the query, without its question mark */
export type ApiHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  search: string,
) => Promise<void>;

/** Makes what answers the calls below `/api/`, for callers that have been let in. It never rejects. */
export function createOperatorApi(context: ApiContext): ApiHandler {
  let document: string | undefined;
  const answer: ApiHandler = async (request, response, path, search) => {
    const { method = "GET" } = request;
    if (path === documentPath && (method === "GET" || method === "HEAD")) {
      document ??= JSON.stringify(openApiDocument(context.version));
      writeJson(request, response, 200, document);
      return;
    }
    const { operation, texts } = routeCall(response, method, path);
    const input = {
      params: readParams(operation.params ?? {}, texts),
      query: readQuery(operation.query ?? {}, search),
      body: await readBody(request, operation),
    };
    if (operation.handle !== undefined) {
      const answered = await operation.handle(input, context);
      writeJson(request, response, operation.status ?? 200, JSON.stringify(answered));
    } else if (method === "HEAD") writeJson(request, response, 200, "");
    else context.events.open(response, lastEventId(request));
  };
  return async (request, response, path, search) => {
    try {
      await answer(request, response, path, search);
    } catch (error) {
      if (error instanceof ApiProblem) return writeProblem(request, response, error);
      context.onError(error);
      // What it says stays in the log.
      const detail = "Internal error. See the Corsmith log.";
      writeProblem(request, response, new ApiProblem("internal", detail, "Look at the log, and report it."));
    }
  };
}

const routes = Object.values<Operation>(operations).map((operation) => {
  const template = operation.path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return { operation, pattern: new RegExp(`^${template}$`) };
});

/**
 * Finds the call of a path, and the parts of the path, decoded. Nothing is repaired: empty segments, dots and a trailing slash lead nowhere.
 *
 * @throws {ApiProblem}
 */
function routeCall(response: ServerResponse, method: string, path: string) {
  const allow = new Set<string>();
  for (const { operation, pattern } of routes) {
    const texts = decoded(pattern.exec(path));
    if (texts === undefined) continue;
    const methods = operation.method === "GET" ? ["GET", "HEAD"] : [operation.method];
    if (methods.includes(method)) return { operation, texts };
    for (const each of methods) allow.add(each);
  }
  if (allow.size > 0) throw methodNotAllowed(response, [...allow]);
  const known = [...routes.map(({ operation }) => operation.path), documentPath];
  const fix = nearestName(path, known) ?? "See /api/reference for what there is.";
  throw new ApiProblem("not-found", "Unknown endpoint.", fix, { field: "path", value: path });
}

function decoded(match: RegExpExecArray | null): Readonly<Record<string, string>> | undefined {
  if (match === null) return undefined;
  try {
    const parts = Object.entries(match.groups ?? {});
    return Object.fromEntries(parts.map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage, operation: Operation): Promise<unknown> {
  if (operation.body === undefined) return undefined;
  const value = await readJsonBody(request, operation.maxBodyBytes ?? usualBodyBytes);
  try {
    validate(operation.body, value, "body", "body-invalid");
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.more.field !== "body.confirm") throw error;
    const detail = "This changes what is enforced, so it must be confirmed.";
    throw new ApiProblem("confirmation-missing", detail, "true", { field: "body.confirm" });
  }
  return value;
}

/** A page's `EventSource` sends it by itself when it reconnects. */
function lastEventId({ headers }: IncomingMessage): string | undefined {
  const id = headers["last-event-id"];
  return Array.isArray(id) ? id[0] : id;
}
