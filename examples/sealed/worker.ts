import { enforce } from "@corsmith/cors/fetch";
import { restorePolicy } from "@corsmith/cors/sealed";
import sealed from "./policy.sealed.json" with { type: "json" };

const guard = enforce(restorePolicy(sealed));

export default {
  fetch: guard((request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/orders") return Response.json([{ id: 1 }]);
    if (pathname === "/orders/1" && request.method === "PUT") return new Response(null, { status: 204 });
    if (pathname === "/broken") throw new Error("broken");
    return new Response("no such path", { status: 404 });
  }),
};
