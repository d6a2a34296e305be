import { cors } from "@corsmith/cors/fetch";

const policy = { allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"], preflightStatus: 200 };
const guard = cors(policy);

Bun.serve({
  routes: {
    "/orders": guard(() => Response.json([])),
    "/orders/:id": guard((request: Bun.BunRequest<"/orders/:id">) => new Response(request.params.id)),
    "/carts/:id": { PUT: guard(async (request: Bun.BunRequest<"/carts/:id">) => new Response(request.params.id)) },
  },
  fetch: guard((request) => new Response(request.url)),
});

// The parameters are still those of the path.
// @ts-expect-error there is no name
guard((request: Bun.BunRequest<"/orders/:id">) => new Response(request.params.name));
