import { cors } from "@corsmith/cors/fetch";

interface Environment {
  readonly ORDERS: KVNamespace;
}

const policy = { allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"], preflightStatus: 200 };

const handle = cors(policy)(async (request: Request, environment: Environment, context: ExecutionContext) => {
  context.waitUntil(environment.ORDERS.put("last", request.url));
  return new Response(await environment.ORDERS.get("last"));
});

export const worker: ExportedHandler<Environment> = { fetch: handle };

/** A module of its own environment, written in place. */
export const inPlace = {
  fetch: cors(policy)((_request: Request, environment: Environment) => Response.json(Object.keys(environment))),
} satisfies ExportedHandler<Environment>;
