import { cors } from "@corsmith/cors/fetch";

const guard = cors({
  allowOrigins: ["https://app.example.com", "http://localhost:*"],
  allowCredentials: true,
  allowMethods: ["PUT"],
  allowHeaders: ["Content-Type"],
  maxAge: 600,
});

export default {
  fetch: guard((request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/orders") return Response.json([{ id: 1 }]);
    if (pathname === "/orders/1" && request.method === "PUT") return new Response(null, { status: 204 });
    if (pathname === "/broken") throw new Error("broken");
    return new Response("no such path", { status: 404 });
  }),
};
