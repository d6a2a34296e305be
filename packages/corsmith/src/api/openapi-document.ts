import { IsOptional, type TProperties, type TSchema } from "typebox";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { Problem, problemCodes } from "./schemas/problem.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * The API as an OpenAPI 3.1 document. Its schemas are those by which the calls are checked, each with a title as a component of its own.
 *
 * @see https://spec.openapis.org/oas/v3.1.1
 */
export function openApiDocument(version: string): Json {
  const components = new Map<string, unknown>();
  const schemaOf = (schema: TSchema): unknown => refer(schema, components);
  const calls = Object.entries<Operation>(operations);
  const callsOf = (path: string): Json =>
    Object.fromEntries(
      calls
        .filter(([, operation]) => operation.path === path)
        .map(([name, operation]) => [operation.method.toLowerCase(), describe(name, operation, schemaOf)]),
    );
  const paths = Object.fromEntries(calls.map(([, { path }]) => [path, callsOf(path)]));
  schemaOf(Problem);
  return {
    openapi: "3.1.1",
    info: {
      title: "Corsmith: the operator's API",
      version,
      summary: "What is enforced, what happened, and how to change it.",
      description:
        "Answered on the admin address only. No answer has CORS headers: pages of other origins are refused. Where the server was given a token, send it as `Authorization: Bearer …`.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{}, { token: [] }],
    tags: tags.map(([tag, description]) => ({ name: tag, description })),
    paths,
    components: {
      schemas: Object.fromEntries([...components].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { token: { type: "http", scheme: "bearer", description: "The token of `--admin-token`." } },
      responses: {
        Problem: {
          description: `Refused: a problem (RFC 9457). Its \`code\` is one of: ${problemCodes.join(", ")}.`,
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    },
  };
}

const tags: readonly (readonly [name: Operation["tag"], description: string])[] = [
  ["Status", "Health and status of the program."],
  ["Policy", "The active policy, and what another one would mean. None of these calls changes anything."],
  ["Versions", "Apply a change; list versions; roll back."],
  ["Decisions", "The journal: who called from which origin, and what was decided."],
  ["Live", "What happens now."],
];

function describe(name: string, operation: Operation, schemaOf: (schema: TSchema) => unknown): Json {
  const { tag, summary, description, params = {}, query = {}, body, answer, status = 200, problems } = operation;
  const isStream = operation.handle === undefined;
  const type = isStream ? "text/event-stream" : "application/json";
  return {
    operationId: name,
    tags: [tag],
    summary,
    description,
    parameters: [
      ...parameters(params, "path", schemaOf),
      ...parameters(query, "query", schemaOf),
      ...(isStream ? [lastEventId] : []),
    ],
    requestBody: body && { required: true, content: { "application/json": { schema: schemaOf(body) } } },
    responses: {
      [status]: {
        description: isStream ? "Events; the `data` of each is one such object." : "Done.",
        content: { [type]: { schema: schemaOf(answer) } },
      },
      default: { $ref: "#/components/responses/Problem" },
    },
    "x-problems": problems,
  };
}

const lastEventId = {
  name: "Last-Event-ID",
  in: "header",
  description: "The `id` of the last event that you have.",
  schema: { type: "string" },
};

function parameters(properties: TProperties, place: "path" | "query", schemaOf: (schema: TSchema) => unknown): Json[] {
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as TSchema & { readonly description?: string };
    return {
      name,
      in: place,
      required: place === "path" || !IsOptional(schema),
      description,
      schema: schemaOf(rest as TSchema),
    };
  });
}

/** The schema as JSON, with every titled one in it replaced by a reference to its component. */
function refer(schema: unknown, components: Map<string, unknown>): unknown {
  if (Array.isArray(schema)) return schema.map((item: unknown) => refer(item, components));
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = (): Json =>
    Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, refer(value, components)]));
  const title = "title" in schema && typeof schema.title === "string" ? schema.title : undefined;
  if (title === undefined) return inner();
  if (!components.has(title)) {
    components.set(title, undefined);
    components.set(title, inner());
  }
  return { $ref: `#/components/schemas/${title}` };
}
